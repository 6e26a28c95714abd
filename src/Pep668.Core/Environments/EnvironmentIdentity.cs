using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>Tells environments apart.</summary>
internal static class EnvironmentIdentity
{
    /// <summary>
    /// A text that no other environment of the machine has: of a virtual environment its folder, of an interpreter its
    /// prefix and standard library, which on Windows a free-threaded one shares.
    /// </summary>
    internal static string Identity(this PythonEnvironment environment)
    {
        string identity = environment.IsVirtual
            ? environment.Prefix
            : environment.Prefix + '\n' + environment.StdLib + (environment.IsFreeThreaded ? "\nt" : "");
        // Windows does not distinguish C:\Python from c:\python.
        return HostPlatform.IsWindows ? identity.ToUpperInvariant() : identity;
    }
}
