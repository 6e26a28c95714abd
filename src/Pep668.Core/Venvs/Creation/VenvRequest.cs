using Pep668.Environments;

namespace Pep668.Venvs.Creation;

/// <summary>A virtual environment to make.</summary>
/// <param name="Path">Where: an absolute path.</param>
/// <param name="Python">From which Python: a base interpreter, or a virtual environment, which stands for its base.</param>
public sealed record VenvRequest(string Path, PythonEnvironment Python)
{
    /// <summary>The name for the prompt; null for that of the folder.</summary>
    public string? Prompt { get; init; }

    /// <summary>Whether it sees what is installed in its base.</summary>
    public bool SystemSitePackages { get; init; }

    /// <summary>Whether pip stays out.</summary>
    public bool WithoutPip { get; init; }

    /// <summary>Whether a virtual environment, or an empty folder, that stands there is replaced.</summary>
    public bool Replace { get; init; }

    /// <summary>Whether a sound environment that stands there and fits is taken as it is.</summary>
    public bool Reuse { get; init; }
}

/// <summary>What became of a request.</summary>
/// <param name="Environment">The environment; null when there is none.</param>
/// <param name="Failure">Why there is none; null when there is one.</param>
/// <param name="Changed">Whether anything was written; false for one that was taken as it is.</param>
/// <param name="Warnings">What the user should know of it.</param>
public sealed record VenvOutcome(PythonEnvironment? Environment, Failure? Failure, bool Changed, IReadOnlyList<string> Warnings)
{
    internal static VenvOutcome Of(Failure failure) => new(null, failure, false, []);
}

/// <summary>A request that was looked into.</summary>
/// <param name="Request">The request, with the base Python that is meant.</param>
public sealed record VenvPreparation(VenvRequest Request)
{
    /// <summary>What is decided without writing anything: a refusal, or an environment that is taken as it is; null when one is to be made.</summary>
    public VenvOutcome? Decided { get; init; }

    internal VenvContents? Plan { get; init; }

    internal BundledWheels? Wheels { get; init; }
}
