using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>Which distro package contains a part that an interpreter does not have.</summary>
internal static class MissingPartPackages
{
    /// <summary>The distro package that contains the wheel of pip; empty where it is not known.</summary>
    /// <param name="machine">Where it is missing.</param>
    /// <param name="python">The interpreter.</param>
    /// <param name="wheelFolder">The interpreter's <c>WHEEL_PKG_DIR</c> (sysconfig); null when it has none.</param>
    internal static IReadOnlyList<Remedy> Pip(Machine machine, PythonEnvironment python, string? wheelFolder) =>
        Remedies(machine, python, wheelFolder, whole: false, "installs the missing wheel of pip");

    /// <summary>The distro package that contains the module <c>venv</c>; empty where it is not known.</summary>
    internal static IReadOnlyList<Remedy> Venv(Machine machine, PythonEnvironment python) =>
        Remedies(machine, python, wheelFolder: null, whole: true, "installs the missing module venv");

    private static IReadOnlyList<Remedy> Remedies(Machine machine, PythonEnvironment python, string? wheelFolder, bool whole,
        string reason) =>
        Install(machine, python, wheelFolder, whole) is string[] command
            ? [new(reason, new ProgramStep(command) { NeedsRoot = machine.UserId != 0 })] : [];

    // Debian packs ensurepip and venv apart (README.venv of python3-defaults). Fedora's python3-libs and RHEL's require
    // the wheel, which is a package of its own; Arch and Alpine have both in the package of Python itself, which then
    // has to be put right.
    private static string[]? Install(Machine machine, PythonEnvironment python, string? wheelFolder, bool whole)
    {
        if (python.Manager != PythonManager.System || python.VersionInfo is not Version version)
        {
            return null;
        }
        OsRelease release = OsRelease.Read(machine.Files);
        string series = FormattableString.Invariant($"{version.Major}.{version.Minor}");
        return release.IsLike("debian", "ubuntu")
                ? ["apt", "install", python.Implementation is "PyPy" ? "pypy3-venv" : whole ? "python3-full" : $"python{series}-venv"]
            : release.IsLike("fedora", "rhel", "centos") ? (whole ? null : ["dnf", "install", WheelPackage(wheelFolder, release)])
            : python.Implementation is "PyPy" ? null
            : release.IsLike("arch") ? ["pacman", "-S", "python"]
            : release.IsLike("alpine") ? ["apk", "fix", "python3"]
            : null;
    }

    // Named as the folder of its wheels is: python-pip-wheel in Fedora, python3- or python3.N-pip-wheel in RHEL
    // (%python_wheel_pkg_prefix and %python_wheel_dir of python-rpm-macros).
    private static string WheelPackage(string? wheelFolder, OsRelease release)
    {
        const string end = "-wheels";
        string? folder = Path.GetFileName(wheelFolder);
        return (folder is not null && folder.EndsWith(end, StringComparison.Ordinal) ? folder[..^end.Length]
            : release.IsLike("rhel", "centos") ? "python3"
            : "python") + "-pip-wheel";
    }
}
