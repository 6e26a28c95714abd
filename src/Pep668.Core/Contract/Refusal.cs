using System.Text.Json.Serialization;

namespace Pep668;

/// <summary>A change that was refused: the <c>TargetObject</c> of the error <c>ExternallyManagedEnvironment</c> and of
/// <c>VenvRequired</c>.</summary>
public sealed record Refusal
{
    internal Refusal()
    {
    }

    /// <summary>The environment that would have been changed.</summary>
    [JsonConverter(typeof(EnvironmentPathConverter))]
    public required PythonEnvironment Environment { get; init; }

    /// <summary>The program that would have changed it, with its version: <c>pip 23.0.1</c>, <c>uv</c>.</summary>
    public required string Installer { get; init; }

    /// <summary>Why it is refused.</summary>
    public required RefusalCause Cause { get; init; }

    /// <summary>The distributor's text, unchanged; null where no marker is involved.</summary>
    public string? Message { get; init; }

    /// <summary>The marker; null where none is involved.</summary>
    public string? MarkerPath { get; init; }

    /// <summary>Who manages the environment: <c>Debian</c>, <c>Homebrew</c>, <c>uv</c>; null if it is not
    /// known.</summary>
    public string? Distributor { get; init; }

    /// <summary>What else is known about the case, a sentence each: which pip was used and why, what <c>--user</c>
    /// does, who maintains the marker.</summary>
    public IReadOnlyList<string> Explanation { get; init => field = Lists.Indexable(value); } = [];

    /// <summary>What to do instead, best first.</summary>
    public IReadOnlyList<Remedy> Remedies { get; init => field = Lists.Indexable(value); } = [];

    /// <summary>Returns the interpreter and the cause.</summary>
    public override string ToString() => $"{Environment.Executable}: {Cause}";
}
