namespace Pep668.Versions;

/// <summary>Text as Python sees it.</summary>
internal static class PythonText
{
    /// <summary>Python's <c>str.isspace</c>: unlike .NET, it counts the separators U+001C to U+001F.</summary>
    internal static bool IsSpace(char character) =>
        char.IsWhiteSpace(character) || character is >= '\x1c' and <= '\x1f';

    /// <summary>Python's <c>str.strip()</c>.</summary>
    internal static ReadOnlySpan<char> Strip(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty && IsSpace(text[0]))
        {
            text = text[1..];
        }
        while (!text.IsEmpty && IsSpace(text[^1]))
        {
            text = text[..^1];
        }
        return text;
    }
}
