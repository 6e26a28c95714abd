namespace Pep668.Tests;

/// <summary>A package for pacman.</summary>
internal sealed record PacmanPackage(string Name, IReadOnlyList<string> Files, IReadOnlyList<string> Fields)
{
    private static readonly string[] Names =
        ["a", "module.py", "with space.py", "#number", "é.txt", "back\\slash", "=", "[x]", "UPPER", "-"];

    private static readonly string[] Folders =
        ["usr/lib/python3.13/site-packages", "usr/lib/python3.13", "usr/bin", "etc", "usr/share/doc", "opt/%odd%"];

    /// <summary>A package that may depend on others of the same series, by their names or by what they
    /// provide.</summary>
    internal static PacmanPackage Generate(Random random, int number)
    {
        string name = $"python-p{number}";
        string[] files = [.. Folders.SelectMany(folder => Names.Where(_ => random.Next(3) == 0).Select(file => $"{folder}/{name}/{file}"))];
        string[] configuration = [.. files.Where(file => file.StartsWith("etc/") && random.Next(2) == 0)];
        return new(name, files,
        [
            .. Enumerable.Range(0, 12).Where(other => random.Next(6) == 0).Select(other => "depend = " + random.Next(5) switch
            {
                0 => $"python-p{other}>=1.0",
                1 => $"python-p{other}=1.{other}",
                2 => $"virtual{other % 3}",
                3 => $"libp.so={other % 3}-64",
                _ => $"python-p{other}",
            }),
            .. random.Next(2) == 0 ? [$"provides = virtual{number % 3}"] : Array.Empty<string>(),
            .. random.Next(2) == 0 ? [$"provides = libp.so={number % 3}-64"] : Array.Empty<string>(),
            .. configuration.Select(file => $"backup = {file}"),
        ]);
    }
}

/// <summary>The real pacman, which installs into the folder of a <see cref="World"/>.</summary>
internal sealed class PacmanRoot
{
    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal) { ["LC_ALL"] = "C.UTF-8" };

    private readonly World _world;

    internal PacmanRoot(World world)
    {
        _world = world;
        world.Write("/build/pacman.conf", "[options]\nArchitecture = auto\nSigLevel = Never\nLocalFileSigLevel = Never\n");
        world.CreateFolder("/var/lib/pacman").CreateFolder("/build/hooks").CreateFolder("/build/cache");
    }

    /// <summary>Makes the packages as makepkg does, and installs them.</summary>
    internal void Install(IReadOnlyList<PacmanPackage> packages)
    {
        string[] built = [.. packages.Select((package, number) => Build(package, number))];
        Run(["-U", "--noconfirm", "--noscriptlet", "--noprogressbar", "-dd", .. built]);
    }

    /// <summary>Runs a command on that root, and returns the lines of its output.</summary>
    internal string[] Run(params string[] arguments) =>
        Start(arguments).Checked().Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The other packages that need one, in the order of their names.</summary>
    internal IEnumerable<string> RequiredBy(string package) => Run("-Qi", package)
        .SkipWhile(line => !line.StartsWith("Required By"))
        .TakeWhile((line, number) => number == 0 || line.StartsWith(' '))
        .SelectMany(line => line[(line.IndexOf(':') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(name => name is not "None" && name != package).Order(StringComparer.Ordinal);

    /// <summary>The files whose content differs from the record.</summary>
    internal IEnumerable<string> Changed()
    {
        // "warning: NAME: PATH (SHA256 checksum mismatch)", "backup file: NAME: PATH (…)"
        const string End = " (SHA256 checksum mismatch)";
        Tool.Result result = Start(["-Qkk"]);
        return (result.Output + result.Error).Split('\n').Where(line => line.EndsWith(End))
            .Select(line => line[line.IndexOf(_world.Folder, StringComparison.Ordinal)..^End.Length][_world.Folder.Length..])
            .Order(StringComparer.Ordinal);
    }

    private Tool.Result Start(IEnumerable<string> arguments)
    {
        string build = _world.OnDisk("/build"), root = _world.OnDisk("");
        return Tool.Run("pacman", ["--config", $"{build}/pacman.conf", "--root", root, "--dbpath", $"{root}/var/lib/pacman",
            "--cachedir", $"{build}/cache", "--hookdir", $"{build}/hooks", "--gpgdir", build, "--logfile", $"{build}/log", .. arguments],
            variables: Variables);
    }

    private string Build(PacmanPackage package, int number)
    {
        string folder = $"/build/{package.Name}", version = $"1.{number}-1";
        _world.Write($"{folder}/.PKGINFO", string.Join('\n',
            [$"pkgname = {package.Name}", $"pkgver = {version}", "arch = any", "size = 1", "builddate = 1", .. package.Fields, ""]));
        foreach (string file in package.Files)
        {
            _world.Write($"{folder}/{file}", $"{package.Name} {file}");
        }
        _world.CreateFolder($"{folder}/usr/share/{package.Name}/empty").Link($"{folder}/usr/share/{package.Name}/link", "empty");
        string inside = _world.OnDisk(folder);
        string[] content =
            [".PKGINFO", .. Directory.GetDirectories(inside).Select(path => Path.GetFileName(path))];
        // As create_package in makepkg calls it.
        const string Options = "--options=!all,use-set,type,uid,gid,mode,time,size,sha256,link";
        Tool.Run("bsdtar", ["-czf", ".MTREE", "--format=mtree", Options, .. content], inside, Variables).Checked();
        string archive = _world.OnDisk($"/build/{package.Name}-{version}-any.pkg.tar.gz");
        Tool.Run("bsdtar", ["-czf", archive, "--format=pax", ".MTREE", .. content], inside, Variables).Checked();
        return archive;
    }
}
