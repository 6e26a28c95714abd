using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>Which distro package brings what an interpreter lacks.</summary>
internal static class PythonParts
{
    /// <summary>That no wheel of pip is there.</summary>
    /// <param name="machine">Where it is missing.</param>
    /// <param name="python">The interpreter.</param>
    /// <param name="wheelFolder">The interpreter's <c>WHEEL_PKG_DIR</c> (sysconfig); null when it has none.</param>
    /// <param name="path">The environment that was to be created.</param>
    internal static Failure NoPip(Machine machine, PythonEnvironment python, string? wheelFolder, string path)
    {
        string? install = Install(machine, python, wheelFolder, whole: false);
        return new(
            FailureId.PipSeedNotFound,
            $"No wheel of pip was found for Python {python.Version} ({python.Executable}), so its environment would have no pip. Nothing " +
            $"was made."
                + (install is null ? "" : $" This brings it on this system: {install}"),
            python,
            install is null ? WithoutPip(path) : $"{install}  # or: {WithoutPip(path)}");
    }

    /// <summary>That the standard library has no venv, so its activation scripts are not there.</summary>
    internal static Failure NoVenv(Machine machine, PythonEnvironment python)
    {
        string? install = Install(machine, python, wheelFolder: null, whole: true);
        return new(
            FailureId.PythonNotFound,
            $"Python {python.Version} ({python.Executable}) has no venv in its standard library ({python.StdLib}): it is not complete. " +
            $"Nothing was made.",
            python,
            install ?? "Get-PythonEnvironment -Kind Global -Version '>=3.6'");
    }

    /// <summary>The command that goes without pip.</summary>
    internal static string WithoutPip(string path) => $"New-PythonVenv '{path}' -WithoutPip";

    // Debian packs ensurepip and venv apart (README.venv of python3-defaults). Fedora's python3-libs and RHEL's require
    // the wheel, which is a package of its own; Arch and Alpine have both in the package of Python itself, which then
    // has to be put right.
    private static string? Install(Machine machine, PythonEnvironment python, string? wheelFolder, bool whole)
    {
        if (python.Manager != PythonManager.System || python.VersionInfo is not Version version)
        {
            return null;
        }
        OsRelease release = OsRelease.Read(machine.Files);
        string series = FormattableString.Invariant($"{version.Major}.{version.Minor}");
        return release.IsLike("debian", "ubuntu")
                ? "sudo apt install " + (python.Implementation is "PyPy" ? "pypy3-venv" : whole ? "python3-full" : $"python{series}-venv")
            : release.IsLike("fedora", "rhel", "centos") ? (whole ? null : "sudo dnf install " + WheelPackage(wheelFolder, release))
            : python.Implementation is "PyPy" ? null
            : release.IsLike("arch") ? "sudo pacman -S python"
            : release.IsLike("alpine") ? "sudo apk fix python3"
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
