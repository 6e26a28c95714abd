namespace Pep668;

/// <summary>A warning: something that the user should know although the command continues.</summary>
/// <param name="message">One sentence: the fact, then its consequence.</param>
/// <param name="remedies">What the user can do about it, best first; may be empty.</param>
/// <remarks>Two notices are the same only if they are one object: their texts do not identify them.</remarks>
public sealed class Notice(string message, params IReadOnlyList<Remedy> remedies)
{
    /// <summary>One sentence: the fact, then its consequence.</summary>
    public string Message { get; } = message;

    /// <summary>What the user can do about it, best first; may be empty.</summary>
    public IReadOnlyList<Remedy> Remedies { get; } = Lists.Indexable(remedies);

    /// <summary>Returns the message.</summary>
    public override string ToString() => Message;
}
