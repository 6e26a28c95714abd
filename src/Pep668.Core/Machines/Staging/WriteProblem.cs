using System.Runtime.InteropServices;

namespace Pep668.Machines.Staging;

/// <summary>Why files could not be written, in words for the user.</summary>
internal static class WriteProblem
{
    private const int MaximumErrno = 4095; // include/linux/err.h, MAX_ERRNO
    private const uint Win32Facility = 0x8007_0000;

    /// <summary>The reason. It names a path only if that is not the target or in it: the message that it
    /// becomes a part of names the target, and the name of a staging folder means nothing to the user.</summary>
    /// <param name="error">What the system reported.</param>
    /// <param name="target">The folder that was to be written.</param>
    internal static string Describe(Exception error, string target)
    {
        string aside = Path.Combine(Path.GetDirectoryName(target) ?? target, StagingName.Start);
        return Names(target) || Names(aside) ? WithoutPath(error) : error.Message;

        bool Names(string path) => error.Message.Contains("'" + path, StringComparison.Ordinal);
    }

    // On POSIX, HResult is the errno of an IOException that has no class for it.
    private static string WithoutPath(Exception error) => error switch
    {
        UnauthorizedAccessException => "permission denied",
        PathTooLongException => "the path is too long",
        DirectoryNotFoundException or FileNotFoundException => "the path does not exist",
        IOException { HResult: > 0 and <= MaximumErrno } => Marshal.GetPInvokeErrorMessage(error.HResult),
        IOException when OperatingSystem.IsWindows() && ((uint)error.HResult & 0xFFFF_0000) == Win32Facility =>
            Marshal.GetPInvokeErrorMessage(error.HResult & 0xFFFF),
        _ => error.Message,
    };
}
