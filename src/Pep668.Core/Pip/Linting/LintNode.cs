namespace Pep668.Pip.Linting;

/// <summary>A value of YAML or JSON.</summary>
internal abstract record LintNode;

/// <summary>A text, a number, a truth value.</summary>
internal sealed record LintScalar(LintText Value) : LintNode;

/// <summary>A list.</summary>
internal sealed record LintList(IReadOnlyList<LintNode> Items) : LintNode;

/// <summary>A mapping, in the order of the file; also a key that is there twice.</summary>
internal sealed record LintMap(IReadOnlyList<LintPair> Pairs) : LintNode
{
    /// <summary>The text of a key; null if it is missing or not a text.</summary>
    internal LintText? Find(params string[] keys) =>
        (Pairs.FirstOrDefault(pair => keys.Contains(pair.Key.Text, StringComparer.OrdinalIgnoreCase))?.Value as LintScalar)?.Value;
}

/// <summary>A key with its value.</summary>
internal sealed record LintPair(LintText Key, LintNode? Value);
