using Pep668.Machines;

namespace Pep668.Pip.Policy;

/// <summary>The virtual environment that a user may believe to be active although another Python would be
/// changed.</summary>
internal static class ExpectedVenv
{
    private const string Config = "pyvenv.cfg";

    /// <summary>Why it is not the one that would be changed, as a sentence; null if nothing suggests one.</summary>
    /// <param name="machine">The session: <c>VIRTUAL_ENV</c> and <c>PATH</c>.</param>
    /// <param name="environment">What would be changed.</param>
    internal static string? Describe(Machine machine, PythonEnvironment environment)
    {
        if (environment.IsVirtual || machine.IsImage)
        {
            return null;
        }
        if (machine.Variable("VIRTUAL_ENV") is string active)
        {
            return machine.Files.IsFile(Path.Combine(active, Config)) ? $"The active environment is '{active}', not this one."
                : $"The active environment '{active}' does not exist.";
        }
        string? before = null;
        foreach (string folder in machine.SearchPath())
        {
            string parent = Path.GetDirectoryName(folder) ?? folder;
            if (before is not null && machine.Files.IsFile(Path.Combine(parent, Config)))
            {
                return $"The environment '{parent}' is on PATH after '{before}', so its Python is not the default.";
            }
            before ??= string.Equals(folder, Path.GetDirectoryName(environment.Executable), StringComparison.Ordinal) ? folder : null;
        }
        return null;
    }
}
