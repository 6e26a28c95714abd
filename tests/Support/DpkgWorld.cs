using System.Globalization;
using Pep668.Distros;
using Pep668.Machines;

namespace Pep668.Tests;

/// <summary>A folder into which a real dpkg installs packages of a few bytes.</summary>
internal sealed class DpkgWorld : IDisposable
{
    private readonly World _world = new();
    private int _built;

    internal DpkgWorld()
    {
        Assert.SkipUnless(Tool.Exists("dpkg") && Tool.Exists("dpkg-deb") && File.Exists("/bin/sh"), "needs dpkg");
        _world.Write("/var/lib/dpkg/status", "").Write("/var/lib/dpkg/available", "")
            .CreateFolder("/var/lib/dpkg/info").CreateFolder("/var/lib/dpkg/updates").CreateFolder("/var/log");
        Architecture = Tool.Run("dpkg", ["--print-architecture"]).Checked().Output.Trim();
        Foreign = Architecture is "i386" ? "amd64" : "i386";
        Build("dpkg", "1.0", $"Architecture: {Architecture}");
        Install("dpkg").Checked();
    }

    /// <summary>dpkg's architecture.</summary>
    internal string Architecture { get; }

    /// <summary>Another architecture.</summary>
    internal string Foreign { get; }

    internal World World => _world;

    internal DpkgDatabase Database => DpkgDatabase.Open(FileTree.Under(_world.Folder))!;

    /// <summary>Variables with which the tools of dpkg write English.</summary>
    internal static IReadOnlyDictionary<string, string> English { get; } = new Dictionary<string, string> { ["LC_ALL"] = "C.UTF-8" };

    private string[] Admin => ["--admindir=" + _world.OnDisk("/var/lib/dpkg")];

    public void Dispose() => _world.Dispose();

    /// <summary>Makes a package.</summary>
    /// <param name="name">Its name, and the name of its file here.</param>
    /// <param name="version">Its version.</param>
    /// <param name="fields">More fields of its control file.</param>
    /// <param name="files">The files: a path and its text. "DEBIAN/…" is a script or a list; a text that starts with
    /// "-> " is a link.</param>
    internal DpkgWorld Build(string name, string version, string fields, params string[] files)
    {
        string folder = "/build/" + _built++.ToString(CultureInfo.InvariantCulture);
        string field = fields.Contains("Architecture:", StringComparison.Ordinal) ? fields : $"{fields}\nArchitecture: all".Trim();
        _world.Write(folder + "/DEBIAN/control",
            $"Package: {name}\nVersion: {version}\nMaintainer: A <a@b.invalid>\nDescription: test\n{field}\n");
        for (int at = 0; at < files.Length; at += 2)
        {
            string path = $"{folder}/{files[at].TrimStart('/')}";
            if (files[at + 1].StartsWith("-> ", StringComparison.Ordinal))
            {
                _world.Link(path, files[at + 1][3..]);
            }
            else
            {
                _world.Write(path, files[at + 1], executable: files[at].StartsWith("DEBIAN/", StringComparison.Ordinal));
            }
        }
        Tool.Run("dpkg-deb", ["--build", "--root-owner-group", "-Znone", _world.OnDisk(folder), Package(name)]).Checked();
        return this;
    }

    internal string Package(string name) => _world.OnDisk($"/build/{name}.deb");

    internal Tool.Result Install(params string[] names) => Run(["--install", .. names.Select(Package)]);

    /// <summary>Runs dpkg on the folder, as any user.</summary>
    internal Tool.Result Run(params string[] arguments) => Tool.Run("dpkg",
        ["--root=" + _world.Folder, "--force-not-root,bad-path,script-chrootless,unsafe-io,architecture,depends", "--no-pager",
            .. arguments],
        variables: English);

    internal Tool.Result Divert(params string[] arguments) => Tool.Run("dpkg-divert",
        [.. Admin, "--instdir=" + _world.Folder, "--no-rename", .. arguments], variables: English);

    internal string[] Listed() => Listed(Admin);

    /// <summary>Name and version of each package that dpkg lists as more than configuration files.</summary>
    internal static string[] Listed(string[] options) => [.. Tool.Run("dpkg-query",
            [.. options, "--show", "--showformat=${db:Status-Abbrev}|${binary:Package} ${Version}\\n"]).Checked().Output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[1] is not ('n' or 'c'))
        .Select(line => line[(line.IndexOf('|', StringComparison.Ordinal) + 1)..]).Order(StringComparer.Ordinal)];

    /// <summary>The owner and path of each file that packages have in a folder, according to <c>dpkg --search</c>; a
    /// diverted file is shown with its name.</summary>
    internal string[] Owned(string folder) => [.. Tool.Run("dpkg-query", [.. Admin, "--search", folder + "/*"], variables: English).Output
        .Split('\n').Where(line => line.Contains(": /", StringComparison.Ordinal)
            && !line.StartsWith("diversion by", StringComparison.Ordinal))
        .SelectMany(line => line[..line.IndexOf(": /", StringComparison.Ordinal)].Split(", ")
            .Select(owner => $"{owner} {line[(line.IndexOf(": /", StringComparison.Ordinal) + 2)..]}")).Order(StringComparer.Ordinal)];

    /// <summary>A diversion as dpkg-divert lists it.</summary>
    internal static string Sentence(Diversion one) =>
        $"{(one.By is null ? "local diversion" : "diversion")} of {one.From} to {one.To}{(one.By is null ? "" : " by " + one.By)}";
}
