using Pep668.Discovery.Locators;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Discovery;

/// <summary>Reads an environment at a path that may be a shim of a version manager.</summary>
internal sealed class ShimReader(Machine machine, EnvironmentReader reader)
{
    // A shim may lead to another manager's shim; more of them in a row is a loop.
    private const int MaximumShims = 4;

    /// <summary>The environment that an interpreter, a folder or a shim belongs to.</summary>
    /// <param name="path">An absolute path.</param>
    internal EnvironmentReading Read(string path)
    {
        EnvironmentReading reading = reader.Read(path);
        return reading.Environment is null && (reading.Reason == ReadFailure.Script || IsBatch(path))
            && Follow(path) is string target && !string.Equals(target, path, StringComparison.Ordinal)
            ? reader.Read(target)
            : reading;
    }

    /// <summary>The shim's target; the path itself if it is not a shim; null if the target was not found.</summary>
    internal string? Follow(string path)
    {
        for (int depth = 0; depth < MaximumShims; depth++)
        {
            IReadOnlyList<string>? next =
                AllLocators.All.Select(locator => locator.FollowShim(machine, path)).FirstOrDefault(found => found is not null);
            if (next is null)
            {
                return path;
            }
            if (next.Count == 0)
            {
                return null;
            }
            path = next[0];
        }
        return null;
    }

    // Files that Windows runs as commands although they are not programs.
    private bool IsBatch(string path) =>
        machine.Platform == Platform.Windows && Path.GetExtension(path).ToUpperInvariant() is ".BAT" or ".CMD";
}
