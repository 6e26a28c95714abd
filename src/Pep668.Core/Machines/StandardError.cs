using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Pep668.Machines;

/// <summary>Writes to stderr without .NET's console, whose first write needs files that the system may not
/// give.</summary>
internal static class StandardError
{
    private const int Descriptor = 2;

    /// <summary>Writes a line; nothing happens if that is not possible.</summary>
    internal static void WriteLine(string text)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        try
        {
            using var handle = new SafeFileHandle(Descriptor, ownsHandle: false);
            using var stream = new FileStream(handle, FileAccess.Write, bufferSize: 0);
            stream.Write(Encoding.UTF8.GetBytes(text + "\n"));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return; // It is closed or full. The exit code still reports the error.
        }
    }
}
