using Pep668.Discovery.Locators;
using Pep668.Machines;

namespace Pep668.Discovery;

/// <summary>The manager of an environment, and its short name.</summary>
internal static class EnvironmentNames
{
    /// <summary>The manager of the first locator that claims the environment, and the name that it gives it.</summary>
    internal static (PythonManager Manager, string Name) Find(Machine machine, PythonEnvironment environment)
    {
        foreach (Locator locator in AllLocators.All)
        {
            if (locator.MakerOf(machine, environment) is PythonManager manager)
            {
                return (manager, locator.NameOf(machine, environment) ?? CommonName(environment));
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
