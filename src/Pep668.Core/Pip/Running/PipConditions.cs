using Pep668.Environments;
using Pep668.Machines;
using Pep668.Pip.Requests;
using Pep668.Requirements;

namespace Pep668.Pip.Running;

/// <summary>What an environment says of itself to the conditions that pip evaluates (PEP 508, "Environment
/// Markers").</summary>
internal static class PipConditions
{
    private const string Kernel = "/proc/sys/kernel/";

    /// <summary>The values, without those that no file has: the release and version of Windows and macOS, and the
    /// version of PyPy itself.</summary>
    /// <param name="machine">Where the environment is.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="program">What evaluates them.</param>
    internal static ConditionVariables Variables(Machine machine, PythonEnvironment environment, PipProgram program)
    {
        bool isCPython = environment.Implementation is "CPython", isPython2 = environment.VersionInfo?.Major == 2;
        return new()
        {
            PythonVersion =
                environment.VersionInfo is Version version ? FormattableString.Invariant($"{version.Major}.{version.Minor}") : "",
            PythonFullVersion = environment.Version ?? "",
            OsName = machine.Platform == Platform.Windows ? "nt" : "posix",
            SysPlatform = machine.Platform switch
            {
                Platform.Windows => "win32",
                Platform.MacOS => "darwin",
                _ => isPython2 ? "linux2" : "linux",
            },
            PlatformSystem = machine.Platform switch { Platform.Windows => "Windows", Platform.MacOS => "Darwin", _ => "Linux" },
            PlatformMachine = PlatformMachine(machine),
            PlatformRelease = machine.Files.ReadText(Kernel + "osrelease")?.Trim() ?? "",
            PlatformVersion = machine.Files.ReadText(Kernel + "version")?.Trim() ?? "",
            PlatformPythonImplementation = environment.Implementation,
            // Without sys.implementation packaging has these.
            ImplementationName = isPython2 ? "" : environment.Implementation.ToLowerInvariant(),
            ImplementationVersion = isPython2 ? "0" : isCPython ? environment.Version ?? "" : "",
            IsPackaging26 = !program.IsUv && program.Release.IsAtLeast(26),
        };
    }

    // platform.machine(), which on Windows is the value of PROCESSOR_ARCHITECTURE.
    private static string PlatformMachine(Machine machine) => (machine.Platform, machine.Architecture) switch
    {
        (Platform.Windows, "x86_64") => "AMD64",
        (Platform.Windows, "aarch64") => "ARM64",
        (_, string architecture) => architecture,
        _ => "",
    };
}
