using System.Text.Json.Serialization;

namespace Pep668;

/// <summary>One recommended way to get packages, as a command that is ready to run.</summary>
public sealed record PythonInstallAdvice
{
    internal PythonInstallAdvice()
    {
    }

    /// <summary>Its place among the recommendations: 1 is the best.</summary>
    public int Rank { get; internal init; }

    /// <summary>The way.</summary>
    public AdviceRoute Route { get; internal init; }

    /// <summary>What the command does, or when it is the right one, in a few words.</summary>
    public string Reason => Remedy.Reason;

    /// <summary>How certain it is that the command leads to the packages.</summary>
    public AdviceConfidence Confidence { get; internal init; }

    /// <summary>What to run, in order, each only if the one before it succeeded.</summary>
    [JsonIgnore]
    public IReadOnlyList<RemedyStep> Steps => Remedy.Steps;

    /// <summary>The same as a remedy.</summary>
    [JsonIgnore]
    internal Remedy Remedy { get; init; } = new("");

    /// <summary>Returns the route and the reason.</summary>
    public override string ToString() => $"{Route}: {Reason}";
}
