namespace Pep668;

/// <summary>Something that could not be done. The module shows it as an error record, the companion on
/// stderr.</summary>
/// <param name="Id">Its stable identifier.</param>
/// <param name="Message">One sentence: what could not be done, to what, and why. It contains no advice and no
/// command.</param>
/// <param name="Target">What it is about: a path, a name, an environment, a <see cref="Refusal"/>.</param>
/// <param name="Remedies">What the user can do, best first; may be empty.</param>
public sealed record Failure(FailureId Id, string Message, object? Target, params IReadOnlyList<Remedy> Remedies)
{
    /// <summary>What the user can do, best first; may be empty.</summary>
    public IReadOnlyList<Remedy> Remedies { get; init => field = Lists.Indexable(value); } = Lists.Indexable(Remedies);

    /// <summary>Further lines, unchanged from their source: the distributor's text, the last lines of pip; null if
    /// there are none.</summary>
    public string? Details { get; init; }

    /// <summary>The exception that caused it; null if none did.</summary>
    public Exception? Cause { get; init; }
}
