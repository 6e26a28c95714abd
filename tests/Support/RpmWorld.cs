using System.Collections.Concurrent;
using System.Globalization;
using Pep668.Distros;

namespace Pep668.Tests;

/// <summary>A root with packages that the real rpm built and installed.</summary>
internal sealed class RpmWorld : IDisposable
{
    // Each package is built once: many tests use the same.
    private static readonly ConcurrentDictionary<string, Lazy<(string File, byte[] Content)>> Built = new(StringComparer.Ordinal);

    private readonly string _place, _scratch;
    private int _count;

    /// <summary>A root without packages.</summary>
    /// <param name="place">The folder of its database.</param>
    internal RpmWorld(string place = "/var/lib/rpm")
    {
        Assert.SkipUnless(Tool.Exists("rpm") && Tool.Exists("rpmbuild"), "needs rpm and rpmbuild");
        _place = place;
        _scratch = World.OnDisk("/.scratch");
        World.CreateFolder("/.scratch").CreateFolder(place);
    }

    internal World World { get; } = new();

    /// <summary>The database as it is read.</summary>
    internal RpmDatabase Database => RpmDatabase.Open(World.Machine)!;

    /// <summary>The options by which rpm uses the database.</summary>
    internal string[] Options => ["--dbpath", World.OnDisk(_place), "--define", "_db_backend sqlite"];

    public void Dispose() => World.Dispose();

    /// <summary>Builds packages.</summary>
    /// <param name="spec">The text of a spec file from its second part on; <c>NAME VERSION</c> before it.</param>
    /// <param name="options">Options of rpmbuild.</param>
    /// <returns>The packages by their names.</returns>
    internal string Build(string name, string version, string spec, params IReadOnlyList<string> options)
    {
        string key = string.Join('\0', [name, version, spec, .. options]);
        (string file, byte[] content) = Built.GetOrAdd(key, _ => new(() => Make(name, version, spec, options))).Value;
        string package = Path.Combine(Directory.CreateDirectory(Path.Combine(_scratch, $"{_count++}")).FullName, file);
        File.WriteAllBytes(package, content);
        return package;
    }

    private static (string File, byte[] Content) Make(string name, string version, string spec, IReadOnlyList<string> options)
    {
        string folder = Directory.CreateTempSubdirectory("pep668-rpm-").FullName, file = Path.Combine(folder, name + ".spec");
        File.WriteAllText(file, $"Name: {name}\nVersion: {version}\nRelease: 1\nSummary: s\nLicense: MIT\n{spec}");
        try
        {
            Run("rpmbuild", ["--define", $"_topdir {folder}", "--define", $"_rpmdir {folder}/made", .. options, "-bb", file], folder);
            string package = Directory.GetFiles(Path.Combine(folder, "made"), "*.rpm", SearchOption.AllDirectories).Single();
            return (Path.GetFileName(package), File.ReadAllBytes(package));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Builds a package without an architecture.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="header">Lines of its header.</param>
    /// <param name="files">Its files, each with its own path as content.</param>
    /// <param name="version">Its version.</param>
    internal string BuildSimple(string name, string header = "", string[]? files = null, string version = "1")
    {
        files ??= [];
        string install = string.Concat(files.Select(path =>
            $"mkdir -p \"%{{buildroot}}{Path.GetDirectoryName(path)}\"\necho \"{path}\" > \"%{{buildroot}}{path}\"\n"));
        return Build(name, version, $"BuildArch: noarch\n{header}\n%description\nd\n%install\n{install}\n%files\n"
            + string.Concat(files.Select(path => $"\"{path}\"\n")));
    }

    /// <summary>Installs packages, of any architecture and whatever they need, in the database only.</summary>
    internal RpmWorld Install(params IReadOnlyList<string> packages)
    {
        Rpm(["-i", "--justdb", "--nodeps", "--noscripts", "--ignorearch", .. packages]);
        return this;
    }

    /// <summary>Installs packages with their files, which only root can do.</summary>
    internal void InstallFiles(params IReadOnlyList<string> packages)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");
        Run("rpm", ["--root", World.Folder, "--dbpath", _place, .. Options[2..], "-i", "--nodeps", "--noscripts", .. packages]);
    }

    /// <summary>The lines that rpm writes for the database.</summary>
    internal string[] Rpm(params IReadOnlyList<string> arguments) =>
        Run("rpm", [.. Options, .. arguments]).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The packages that rpm names when another is to be removed, by their names.</summary>
    internal IEnumerable<string> NeededBy(string package)
    {
        const string mark = "is needed by (installed) ";
        Tool.Result result = Tool.Run("rpm", [.. Options, "-e", "--test", package], variables: Variables(_scratch));
        string[] packages = [.. result.Error.Split('\n').Where(line => line.Contains(mark, StringComparison.Ordinal))
            .Select(line => line[(line.IndexOf(mark, StringComparison.Ordinal) + mark.Length)..]).Distinct()];
        return packages.Length == 0 ? [] : Rpm(["-q", "--queryformat", "%{NAME}\n", .. packages]);
    }

    /// <summary>rpm's own order of versions: below 0, 0 or above 0 for each pair.</summary>
    internal static int[] Compare(IEnumerable<(string One, string Other)> pairs)
    {
        string calls = string.Concat(pairs.Select(pair => $"print(rpm.vercmp('{pair.One}', '{pair.Other}') .. '\\n') "));
        return [.. Tool.Run("rpm", ["--eval", $"%{{lua: {calls}}}"]).Checked().Output
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture))];
    }

    private string Run(string program, string[] arguments) => Run(program, arguments, _scratch);

    // Without the user's ~/.rpmmacros.
    private static string Run(string program, string[] arguments, string home) =>
        Tool.Run(program, arguments, variables: Variables(home)).Checked().Output;

    private static Dictionary<string, string> Variables(string home) => new(StringComparer.Ordinal)
    {
        ["HOME"] = home, ["LC_ALL"] = "C.UTF-8",
    };
}
