using System.Runtime.InteropServices;

namespace Pep668.Machines;

/// <summary>Whether the process was started with a descriptor. If standard input was closed, its number is that of a
/// file or a pipe of .NET, and reading from that never ends.</summary>
internal static partial class InheritedDescriptor
{
    private const int GetFlags = 1, CloseOnExec = 1; // F_GETFD and FD_CLOEXEC of fcntl.h

    /// <summary>Whether standard input was open when the process was started.</summary>
    internal static bool HasInput() => HostPlatform.IsWindows || IsInherited(0);

    // Starting a program closes every descriptor with that flag, which .NET sets on its own.
    private static bool IsInherited(int descriptor) => Fcntl(descriptor, GetFlags) is >= 0 and int flags && (flags & CloseOnExec) == 0;

    // Without the third argument, which that command has not, no argument is variadic.
    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Fcntl(int descriptor, int command);
}
