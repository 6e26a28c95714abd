namespace Pep668.Venvs.Activation;

/// <summary>Which environments can be activated.</summary>
internal static class ActivationPolicy
{
    /// <summary>Why an environment cannot be; null when it can.</summary>
    /// <param name="environment">The environment, read just now.</param>
    public static Failure? Refusal(PythonEnvironment environment)
    {
        string place = Quoted(environment.Prefix);
        if (environment.Root is string root)
        {
            return new(FailureId.OfflineEnvironment, $"{place} is below the root {Quoted(root)}, and nothing there is run.", environment,
                $"Get-PythonEnvironment -Root {Quoted(root)}");
        }
        if (environment.IsVirtual)
        {
            return environment.Health == EnvironmentHealth.Broken
                ? new(FailureId.VenvBroken, $"{place} is broken. {environment.Problem}", environment, $"Repair-PythonVenv {place}")
                : null;
        }
        return environment.Kind == EnvironmentKind.Conda
            ? new(FailureId.EnvironmentNotFound, $"{place} is a conda environment, which conda itself activates.", environment,
                $"conda activate {place}")
            : new(FailureId.EnvironmentNotFound,
                $"{Quoted(environment.Executable)} is a base Python, not a virtual environment: there is nothing to activate.",
                environment, "New-PythonVenv .venv");
    }

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
