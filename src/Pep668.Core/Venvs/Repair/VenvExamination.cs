namespace Pep668.Venvs.Repair;

/// <summary>What an examination of a virtual environment found.</summary>
/// <param name="Defects">Its defects, the most severe first.</param>
/// <param name="Base">The base Python that it has, or that was requested.</param>
/// <param name="BaseFailure">Why the base was not found.</param>
/// <param name="Libraries">Its distributions, and the version they were installed for.</param>
internal sealed record VenvExamination(
    IReadOnlyList<VenvDefect> Defects, PythonEnvironment? Base, Failure? BaseFailure, InstalledLibraries Libraries)
{
    /// <summary>Whether it works.</summary>
    public bool IsSound => Defects.All(defect => defect.IsHarmless);

    /// <summary>That an environment is not a virtual one; null if it can be examined.</summary>
    public static Failure? Refusal(PythonEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return environment.IsVirtual ? null : RepairMessages.NotVirtual(environment);
    }
}
