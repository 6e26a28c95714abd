using Pep668.Discovery.Locators;
using Pep668.Machines;

namespace Pep668.Discovery;

/// <summary>The manager of an environment, and its short name.</summary>
internal static class EnvironmentNames
{
    /// <summary>The manager of the first locator that claims the environment, and the name that it gives it.</summary>
    /// <param name="machine">Where it is.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="contain">Runs a part of the search, given in words, that may fail.</param>
    internal static (PythonManager Manager, string Name) Find(
        Machine machine, PythonEnvironment environment, Action<string, Action> contain)
    {
        foreach (Locator locator in AllLocators.All)
        {
            PythonManager? maker = null;
            string? name = null;
            contain($"The environments of {locator.Name}", () =>
            {
                maker = locator.MakerOf(machine, environment);
                name = maker is null ? null : locator.NameOf(machine, environment);
            });
            if (maker is PythonManager manager)
            {
                return (manager, name ?? CommonName(environment));
            }
        }
        return (PythonManager.Unknown, CommonName(environment));
    }

    // The name of a virtual environment is its prompt, else its folder; for .venv, which many have, the project's
    // folder.
    private static string CommonName(PythonEnvironment environment)
    {
        if (!environment.IsVirtual)
        {
            return Path.GetFileNameWithoutExtension(environment.Executable) is { Length: > 0 } stem
                && environment.Executable.EndsWith(".exe", StringComparison.OrdinalIgnoreCase)
                ? stem
                : Path.GetFileName(environment.Executable);
        }
        string folder = Path.GetFileName(environment.Prefix);
        return environment.Config?.Prompt is { Length: > 0 } prompt ? prompt
            : folder is ".venv" && Path.GetFileName(Path.GetDirectoryName(environment.Prefix)) is { Length: > 0 } project ? project
            : folder;
    }
}
