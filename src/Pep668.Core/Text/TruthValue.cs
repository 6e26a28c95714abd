namespace Pep668.Text;

/// <summary>What a text is as a truth value, or what a condition evaluates to.</summary>
internal enum TruthValue
{
    /// <summary>Neither true nor false.</summary>
    Invalid,

    /// <summary>False.</summary>
    False,

    /// <summary>True.</summary>
    True,
}

/// <summary>
/// Reads truth values as Python's <c>strtobool</c> does (<c>distutils/util.py</c>; pip has its own copy in
/// <c>utils/misc.py</c>).
/// </summary>
internal static class TruthText
{
    /// <summary>
    /// Reads one; <see cref="TruthValue.Invalid"/> for its <c>ValueError</c>. White space around the word is not
    /// removed.
    /// </summary>
    internal static TruthValue Parse(string text) => PythonText.Lower(text) switch
    {
        "y" or "yes" or "t" or "true" or "on" or "1" => TruthValue.True,
        "n" or "no" or "f" or "false" or "off" or "0" => TruthValue.False,
        _ => TruthValue.Invalid,
    };
}
