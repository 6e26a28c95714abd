namespace Pep668.Discovery.Resolution;

/// <summary>
/// The order of several environments that match: healthy before broken, then the active one, then the nearest
/// <c>.venv</c>, then the default Python, then final releases before pre-releases, newer versions before older
/// ones, CPython before others, builds with the global interpreter lock before those without, base environments before
/// virtual ones, and last the path.
/// </summary>
internal sealed class EnvironmentOrder(string? upward) : IComparer<PythonEnvironment>
{
    /// <inheritdoc/>
    public int Compare(PythonEnvironment? x, PythonEnvironment? y)
    {
        if (x is null || y is null)
        {
            return (y is null).CompareTo(x is null);
        }
        int order = First(x, y, one => one.Health == EnvironmentHealth.Healthy);
        order = order != 0 ? order : First(x, y, one => one.IsActive);
        order = order != 0 ? order : First(x, y, one => upward is not null && string.Equals(one.Prefix, upward, StringComparison.Ordinal));
        order = order != 0 ? order : First(x, y, one => one.IsDefault);
        order = order != 0 ? order : First(x, y, one => one.Version is not null && !IsPrerelease(one.Version));
        order = order != 0 ? order : Comparer<Version>.Default.Compare(y.VersionInfo, x.VersionInfo);
        order = order != 0 ? order : string.CompareOrdinal(y.Version, x.Version);
        order = order != 0 ? order : First(x, y, one => one.Implementation is "CPython");
        order = order != 0 ? order : First(x, y, one => !one.IsFreeThreaded);
        order = order != 0 ? order : First(x, y, one => !one.IsVirtual);
        return order != 0 ? order : string.CompareOrdinal(x.Executable, y.Executable);
    }

    private static int First(PythonEnvironment x, PythonEnvironment y, Func<PythonEnvironment, bool> better) =>
        better(y).CompareTo(better(x));

    private static bool IsPrerelease(string version) => version.AsSpan().IndexOfAnyInRange('a', 'z') >= 0;
}
