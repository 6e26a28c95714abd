using System.Diagnostics;
using System.Globalization;

namespace Pep668.Machines;

/// <summary>Names for what is created for a moment. What is created fails if the name is in use, so that a name that
/// somebody guesses leads nowhere.</summary>
internal static class UnusedName
{
    /// <summary>A new name of 32 hexadecimal digits. Not from the system's source of random numbers, which a chroot
    /// without <c>/dev</c> does not have.</summary>
    internal static string New() => string.Create(CultureInfo.InvariantCulture,
        $"{Random.Shared.NextInt64():x16}{Random.Shared.NextInt64() ^ Stopwatch.GetTimestamp() ^ ((long)Environment.ProcessId << 32):x16}");
}
