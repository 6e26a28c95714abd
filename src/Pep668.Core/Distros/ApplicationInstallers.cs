using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>How to get a program that installs applications, pipx or uv, on this machine: from the distribution
/// where it has a package of it.</summary>
internal static class ApplicationInstallers
{
    // The package names of the distributions' own repositories; EPEL has pipx for RHEL, and no distribution that is
    // based on Debian 12 or older has uv.
    private static readonly Row[] Rows =
    [
        new(["debian", "ubuntu"], ["apt", "install"], "pipx", null),
        new(["rhel", "centos"], ["dnf", "install"], "pipx", null) { Source = "from EPEL" },
        new(["fedora"], ["dnf", "install"], "pipx", "uv"),
        new(["arch"], ["pacman", "-S"], "python-pipx", "uv"),
        new(["alpine"], ["apk", "add"], "pipx", "uv"),
        new(["suse", "opensuse"], ["zypper", "install"], "python3-pipx", null),
        new(["void"], ["xbps-install"], "python3-pipx", "uv"),
        new(["gentoo"], ["emerge"], "dev-python/pipx", "dev-python/uv"),
    ];

    /// <summary>How to get pipx, best first.</summary>
    internal static IReadOnlyList<Remedy> Pipx(Machine machine)
    {
        Row? row = Find(machine);
        Remedy? own = Own(machine, row, "pipx", row?.Pipx);
        // Distributions that have a package have a marker too, which stops pip; EPEL is not everywhere.
        return own is null ? [WithPip(machine, "pipx")] : row?.Source is null ? [own] : [own, WithPip(machine, "pipx")];
    }

    /// <summary>How to get uv, best first.</summary>
    internal static IReadOnlyList<Remedy> Uv(Machine machine)
    {
        Row? row = Find(machine);
        return Own(machine, row, "uv", row?.Uv) is Remedy own ? [own]
            : machine.Platform == Platform.Windows
                ? [new("installs uv", new ProgramStep("winget", "install", "--id=astral-sh.uv", "-e"))]
            : OnPath(machine, "pipx") ? [new("installs uv", new ProgramStep("pipx", "install", "uv"))]
            : row?.Pipx is not null ? [new("installs pipx, then uv with it", InstallStep(machine, row, row.Pipx),
                new ProgramStep("pipx", "install", "uv"))]
            : [WithPip(machine, "uv")];
    }

    private static Remedy? Own(Machine machine, Row? row, string program, string? package)
    {
        string reason = $"installs {program}";
        // Homebrew is how programs are added to a system that cannot be written.
        bool isImmutable = machine.Files.LinkStat("/run/ostree-booted").Kind != FileKind.Missing;
        return machine.Platform == Platform.MacOS || (isImmutable && OnPath(machine, "brew"))
                ? new(reason, new ProgramStep("brew", "install", program))
            : machine.Platform == Platform.Windows || row is null || package is null ? null
            : isImmutable ? new(reason + " with the next start of the system",
                new ProgramStep("rpm-ostree", "install", package) { NeedsRoot = machine.UserId != 0 })
            : new(row.Source is null ? reason : $"{reason} {row.Source}", InstallStep(machine, row, package));
    }

    private static ProgramStep InstallStep(Machine machine, Row row, string package) =>
        new([.. row.Command, package]) { NeedsRoot = machine.UserId != 0 };

    private static Remedy WithPip(Machine machine, string program) => new($"installs {program} with pip, for this user",
        new ProgramStep(machine.Platform == Platform.Windows ? "py" : "python3", "-m", "pip", "install", "--user", program));

    private static bool OnPath(Machine machine, string program) =>
        machine.SearchPath().Any(folder => machine.Files.IsExecutable(Path.Combine(folder, program)));

    private static Row? Find(Machine machine)
    {
        if (machine.Platform != Platform.Linux)
        {
            return null;
        }
        OsRelease release = OsRelease.Read(machine.Files);
        return Array.Find(Rows, row => release.IsLike(row.Ids));
    }

    /// <summary>One family of distributions.</summary>
    /// <param name="Ids">The values of <c>ID</c> and <c>ID_LIKE</c>.</param>
    /// <param name="Command">What installs a package.</param>
    /// <param name="Pipx">The package of pipx.</param>
    /// <param name="Uv">The package of uv; null if it has none.</param>
    private sealed record Row(string[] Ids, string[] Command, string Pipx, string? Uv)
    {
        /// <summary>Where the packages are, if that is not the distribution itself.</summary>
        internal string? Source { get; init; }
    }
}
