using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Pep668.Tests;

/// <summary>A simulated Debian with its Python 3.11 in <c>/usr</c> and a package database as dpkg writes it.</summary>
internal sealed class DebianWorld : IDisposable
{
    internal const string DistPackages = "/usr/lib/python3/dist-packages", Local = "/usr/local/lib/python3.11/dist-packages",
        Marker = "/usr/lib/python3.11/EXTERNALLY-MANAGED";

    private readonly StringBuilder _status = new();

    internal DebianWorld()
    {
        World.Python("/usr", "3.11.2").CreateFolder(DistPackages).Write("/etc/os-release", "ID=debian\nNAME=\"Debian GNU/Linux\"\n");
        Package("libpython3.11-stdlib", "3.11.2-6", "",
            ("/usr/lib/python3.11/site.py", "# dist-packages\n"), ("/usr/lib/python3.11/os.py", ""),
            (Marker, "[externally-managed]\nError=Use apt.\n"));
        Package("python3.11", "3.11.2-6", "libpython3.11-stdlib (= 3.11.2-6)");
        Distribution("requests", "2.28.1", "python3-requests", "2.28.1+dfsg-1", "python3.11");
        Package("ansible-core", "2.14.18-0", "python3-requests (>= 2) | python3-httpx, python3:any");
    }

    internal World World { get; } = new() { UserId = 0 };

    public void Dispose() => World.Dispose();

    /// <summary>A package with a distribution of one module.</summary>
    internal DebianWorld Distribution(string name, string version, string package, string packageVersion, string depends = "") =>
        Package(package, packageVersion, depends,
            ($"{DistPackages}/{name}-{version}.dist-info/METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"),
            ($"{DistPackages}/{name}/__init__.py", $"__version__ = '{version}'\n"));

    /// <summary>Installs a package: its files, and what the database has of it.</summary>
    internal DebianWorld Package(string name, string version, string depends, params (string Path, string Text)[] files)
    {
        _status.Append(CultureInfo.InvariantCulture,
            $"Package: {name}\nStatus: install ok installed\nArchitecture: all\nVersion: {version}\n");
        _status.Append(depends.Length > 0 ? $"Depends: {depends}\n\n" : "\n");
        World.Write("/var/lib/dpkg/status", _status.ToString());
        var lines = new SortedSet<string>(StringComparer.Ordinal) { "/." };
        foreach ((string path, string text) in files)
        {
            World.Write(path, text);
            for (string? at = path; at is not null and not "/"; at = Path.GetDirectoryName(at))
            {
                lines.Add(at);
            }
        }
        World.Write($"/var/lib/dpkg/info/{name}.list", string.Join('\n', lines) + "\n");
        World.Write($"/var/lib/dpkg/info/{name}.md5sums", string.Concat(files.Select(file =>
            $"{Convert.ToHexString(MD5.HashData(Encoding.UTF8.GetBytes(file.Text))).ToLowerInvariant()}  {file.Path[1..]}\n")));
        return this;
    }

    /// <summary>What pip leaves when it installs a distribution of one module.</summary>
    internal DebianWorld Pip(string folder, string name, string version)
    {
        string info = $"{name}-{version}.dist-info";
        World.Write($"{folder}/{info}/METADATA", $"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n");
        World.Write($"{folder}/{info}/INSTALLER", "pip\n");
        World.Write($"{folder}/{name}/__init__.py", $"__version__ = '{version}'\n");
        World.Write($"{folder}/{info}/RECORD", $"{name}/__init__.py,,\n{info}/METADATA,,\n{info}/INSTALLER,,\n{info}/RECORD,,\n");
        return this;
    }
}
