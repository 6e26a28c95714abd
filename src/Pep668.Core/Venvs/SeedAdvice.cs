using Pep668.Machines;

namespace Pep668.Venvs;

/// <summary>Which distro package brings what an interpreter lacks.</summary>
internal static class SeedAdvice
{
    /// <summary>That no wheel of pip is there.</summary>
    internal static Failure NoPip(Machine machine, PythonEnvironment python, string path)
    {
        string? install = Install(machine, python, whole: false);
        return new(
            FailureId.PipSeedNotFound,
            $"No wheel of pip was found for Python {python.Version} ({python.Executable}), so its environment would have no pip. Nothing was made."
                + (install is null ? "" : $" On this system it comes with a package of its own: {install}"),
            python,
            install is null ? WithoutPip(path) : $"{install}  # or: {WithoutPip(path)}");
    }

    /// <summary>That the standard library has no venv, so its activation scripts are not there.</summary>
    internal static Failure NoVenv(Machine machine, PythonEnvironment python)
    {
        string? install = Install(machine, python, whole: true);
        return new(
            FailureId.PythonNotFound,
            $"Python {python.Version} ({python.Executable}) has no venv in its standard library ({python.StdLib}): it is not complete. Nothing was made.",
            python,
            install ?? "Get-PythonEnvironment -Kind Global -Version '>=3.6'");
    }

    /// <summary>The command that goes without pip.</summary>
    internal static string WithoutPip(string path) => $"New-PythonVenv '{path}' -WithoutPip";

    // The packages: Debian's python3.N-venv and python3-full (README.venv of python3-defaults), Fedora's python3-pip-wheel is a dependency of python3-libs: so python3-pip.
    private static string? Install(Machine machine, PythonEnvironment python, bool whole)
    {
        if (python.Manager != PythonManager.System || python.VersionInfo is not Version version)
        {
            return null;
        }
        string release = machine.Files.ReadText("/etc/os-release") ?? machine.Files.ReadText("/usr/lib/os-release") ?? "";
        string[] names = [.. release.Split('\n').Where(line => line.StartsWith("ID=", StringComparison.Ordinal) || line.StartsWith("ID_LIKE=", StringComparison.Ordinal))
            .SelectMany(line => line[(line.IndexOf('=', StringComparison.Ordinal) + 1)..].Trim('"', '\'').Split(' '))];
        string series = FormattableString.Invariant($"{version.Major}.{version.Minor}");
        return names.Any(name => name is "debian" or "ubuntu") ? "sudo apt install " + (python.Implementation is "PyPy" ? "pypy3-venv" : whole ? "python3-full" : $"python{series}-venv")
            : names.Any(name => name is "fedora" or "rhel" or "centos") ? $"sudo dnf install {(whole ? $"python{series}" : "python-pip-wheel")}"
            : names.Contains("arch", StringComparer.Ordinal) ? "sudo pacman -S python"
            : names.Contains("alpine", StringComparer.Ordinal) ? "sudo apk add python3"
            : null;
    }
}
