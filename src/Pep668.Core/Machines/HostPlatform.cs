namespace Pep668.Machines;

/// <summary>The family of the machine that this process runs on; a root on it may be of another
/// (<see cref="Machine.Platform"/>).</summary>
internal static class HostPlatform
{
    /// <summary>The family.</summary>
    internal static Platform Current { get; } =
        OperatingSystem.IsWindows() ? Platform.Windows : OperatingSystem.IsMacOS() ? Platform.MacOS : Platform.Linux;

    /// <summary>Whether it is Windows.</summary>
    internal static bool IsWindows => Current == Platform.Windows;

    /// <summary>How the texts of its paths are compared.</summary>
    internal static StringComparison PathComparison => IsWindows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>The same as a comparer.</summary>
    internal static StringComparer PathComparer => StringComparer.FromComparison(PathComparison);
}
