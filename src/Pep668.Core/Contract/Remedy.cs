namespace Pep668;

/// <summary>
/// Something that the user can do, as data. It becomes a command only where it is shown: for PowerShell in the module,
/// for the shell of the platform in the companion.
/// </summary>
/// <param name="Reason">What the command does, or when it is the right one, in a few words.</param>
/// <param name="Steps">What to run, in order, each only if the one before it succeeded.</param>
public sealed record Remedy(string Reason, params IReadOnlyList<RemedyStep> Steps)
{
    /// <summary>What to run, in order, each only if the one before it succeeded.</summary>
    public IReadOnlyList<RemedyStep> Steps { get; init => field = Lists.Indexable(value); } = Lists.Indexable(Steps);

    /// <summary>The route that an alternative to a refused install takes; null outside of such advice.</summary>
    public AdviceRoute? Route { get; init; }

    /// <summary>Returns the reason.</summary>
    public override string ToString() => Reason;
}
