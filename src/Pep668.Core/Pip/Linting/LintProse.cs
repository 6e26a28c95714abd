namespace Pep668.Pip.Linting;

/// <summary>Texts for people: a value that is a sentence, and a variable whose name is one of a text.</summary>
internal static class LintProse
{
    private static readonly HashSet<string> NameEnds = Set(
        "msg message doc docs help hint usage description desc summary warning warn note notes notice text title label error err "
        + "example");

    // Words that are in a sentence, and not the name of a package or an argument.
    private static readonly HashSet<string> SentenceWords = Set(
        "is are was were be been the your you our we this that these those will would should must may might can cannot could because "
        + "instead own its and or of to at not never always only unless without");

    /// <summary>Whether the last part of a name is one of a text: <c>USAGE</c>, <c>install_msg</c>,
    /// <c>bodyNotes</c>.</summary>
    internal static bool IsName(string name)
    {
        int start = name.Length;
        while (start > 0 && char.IsAsciiLetterLower(name[start - 1]))
        {
            start--;
        }
        return NameEnds.Contains(name[(name.LastIndexOfAny(['_', '-', '.']) + 1)..])
            || (start > 0 && start < name.Length && NameEnds.Contains(name[(start - 1)..]));
    }

    /// <summary>Whether words without quotes are a sentence and not a command.</summary>
    internal static bool IsSentence(IReadOnlyList<LintWord> words, int first)
    {
        if (words[first].Program is "if")
        {
            return false;
        }
        for (int at = first; at < words.Count; at++)
        {
            LintWord word = words[at];
            bool isLetters = word.Text.Length > 1 && !word.IsQuoted && char.IsAsciiLetter(word.Text[^2]);
            if (isLetters && (word.Text[^1] is '.' or ',' or '!' || SentenceWords.Contains(word.Text)))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Whether a program is written like the first word of a sentence: <c>Run</c>.</summary>
    internal static bool IsSentenceStart(LintWord word) =>
        !word.IsQuoted && word.Text.Length > 1 && char.IsAsciiLetterUpper(word.Text[0])
        && word.Text.AsSpan(1).IndexOfAnyExceptInRange('a', 'z') < 0;

    private static HashSet<string> Set(string words) => new(words.Split(' '), StringComparer.OrdinalIgnoreCase);
}
