namespace Pep668.Venvs.Repair;

/// <summary>What an examination of a virtual environment found.</summary>
/// <param name="Defects">What is wrong with it, the gravest first; none when it is sound.</param>
/// <param name="Base">The base Python that it has, or is to have.</param>
/// <param name="BaseFailure">Why there is no base.</param>
/// <param name="Libraries">Where its distributions are, by the version they were installed for.</param>
internal sealed record VenvExamination(
    IReadOnlyList<VenvDefect> Defects, PythonEnvironment? Base, Failure? BaseFailure, InstalledLibraries Libraries)
{
    /// <summary>Whether nothing keeps it from working.</summary>
    public bool IsSound => Defects.All(defect => defect.IsHarmless);

    /// <summary>That an environment is no virtual one, or not here; null when it can be examined.</summary>
    public static Failure? Refusal(PythonEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return environment.IsVirtual ? null
            : new(FailureId.EnvironmentNotFound, $"'{environment.Executable}' is not a virtual environment.", environment,
                "New-PythonVenv .venv");
    }
}
