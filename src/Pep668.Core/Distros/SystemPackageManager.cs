using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>The package manager that installs packages of the system, and how it is called.</summary>
internal sealed record SystemPackageManager
{
    private static readonly SystemPackageManager[] OfLinux =
    [
        new("apt") { Ids = ["debian", "ubuntu"], Adds = ["install"], Removes = ["remove"], Prefix = "python3-" },
        new("dnf") { Ids = ["fedora", "rhel", "centos"], Adds = ["install"], Removes = ["remove"], Prefix = "python3-" },
        new("zypper") { Ids = ["suse", "opensuse"], Adds = ["install"], Removes = ["remove"], Prefix = "python3-" },
        new("pacman") { Ids = ["arch"], Adds = ["-S"], Removes = ["-R"], Prefix = "python-" },
        new("apk") { Ids = ["alpine", "wolfi", "chainguard"], Adds = ["add"], Removes = ["del"], Prefix = "py3-" },
        new("emerge") { Ids = ["gentoo"], Adds = [], Removes = ["--depclean"], Prefix = "dev-python/" },
        new("xbps-install") { Ids = ["void"], Adds = [], Remover = "xbps-remove", Removes = [], Prefix = "python3-" },
    ];

    private SystemPackageManager(string name) => Name = name;

    /// <summary>The program.</summary>
    internal string Name { get; private init; }

    /// <summary>What the naming rules of the distribution put before the name of a distribution (Debian Python Policy,
    /// "Module Package Names"; Fedora, openSUSE, Arch, Alpine and Void: packaging guidelines for Python; Gentoo's
    /// category).</summary>
    private string Prefix { get; init; } = "";

    /// <summary>Who distributes the packages: <c>Debian</c>; null if the system does not report it.</summary>
    internal string? Distributor { get; private init; }

    /// <summary>Whether what it installs is there after the next start only (<c>rpm-ostree</c>).</summary>
    internal bool IsLayered => Name is "rpm-ostree";

    /// <summary>The name that the naming rules give to the package of a distribution. They do not repeat
    /// <c>python</c>.</summary>
    /// <param name="name">The distribution's normalized name.</param>
    internal string NameByConvention(string name) =>
        Prefix + (Prefix.Length > 0 && name.StartsWith("python-", StringComparison.Ordinal) ? name["python-".Length..] : name);

    private string[] Ids { get; init; } = [];

    private string[] Adds { get; init; } = [];

    private string? Remover { get; init; }

    private string[] Removes { get; init; } = [];

    private bool NeedsRoot { get; init; }

    /// <summary>Homebrew, which refuses root.</summary>
    internal static SystemPackageManager Homebrew { get; } =
        new("brew") { Adds = ["install"], Removes = ["uninstall"], Distributor = "Homebrew" };

    /// <summary>The one of a machine; null if it has none that is known.</summary>
    internal static SystemPackageManager? Find(Machine machine)
    {
        if (machine.Platform == Platform.Windows)
        {
            return null;
        }
        if (machine.Platform == Platform.MacOS)
        {
            return Homebrew;
        }
        OsRelease release = OsRelease.Read(machine.Files);
        if (Array.Find(OfLinux, one => release.IsLike(one.Ids)) is not SystemPackageManager found)
        {
            return null;
        }
        found = found with { Distributor = release.ShortName, NeedsRoot = machine.UserId != 0 };
        return found.Name is not "dnf" ? found
            : machine.Files.LinkStat("/run/ostree-booted").Kind != FileKind.Missing
                ? found with { Name = "rpm-ostree", Removes = ["uninstall"] }
            : !machine.IsOnPath("dnf") && machine.IsOnPath("microdnf") ? found with { Name = "microdnf" }
            : found;
    }

    /// <summary>Installs packages.</summary>
    internal ProgramStep Install(params IReadOnlyList<string> packages) => new([Name, .. Adds, .. packages]) { NeedsRoot = NeedsRoot };

    /// <summary>Removes packages.</summary>
    internal ProgramStep Remove(params IReadOnlyList<string> packages) =>
        new([Remover ?? Name, .. Removes, .. packages]) { NeedsRoot = NeedsRoot };

    /// <summary>The capability that the package of a distribution provides, in rpm's own map of names, which is
    /// generated for every package (rpm's <c>pythondistdeps</c>); null for other managers.</summary>
    /// <param name="name">The distribution's normalized name.</param>
    /// <param name="series">The Python, such as <c>3.12</c>.</param>
    internal string? Capability(string name, string series) =>
        Name is "dnf" or "microdnf" or "zypper" or "rpm-ostree" ? $"python{series}dist({name})" : null;

    /// <summary>Whether a package is installed and its index has no newer version.</summary>
    internal bool IsCurrent(SystemPythonPackage package) => package.InstalledVersion is string installed
        && (package.Version is not string version
            || (Name is "apt" ? DebianVersion.Compare(version, installed) <= 0
                : string.Equals(version, installed, StringComparison.Ordinal)));

    /// <summary>The index of what can be installed; null where none can be read.</summary>
    internal PackageIndex? OpenIndex(Machine machine) => Name switch
    {
        "apt" => new AptIndex(machine),
        "pacman" => new PacmanIndex(machine.Files),
        "apk" => new ApkIndex(machine.Files),
        "emerge" => new PortageIndex(machine.Files),
        "xbps-install" => new XbpsIndex(machine),
        "brew" => new BrewIndex(machine),
        _ => null,
    };
}
