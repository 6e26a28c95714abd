using Pep668.Text;

namespace Pep668.Requirements;

/// <summary>Why a text is not a requirement, and where in it.</summary>
internal sealed record RequirementProblem
{
    private const int LongestText = 120;
    private const int ContextBefore = 60;

    internal RequirementProblem(string message, string text, int position)
    {
        Message = UrlCredentials.Redact(message);
        Position = position;
        int shown = position;
        string redacted = UrlCredentials.Redact(text, ref shown);
        Text = DisplayText.Escape(redacted);
        TextPosition = DisplayText.Escape(redacted[..shown]).Length;
    }

    /// <summary>What is wrong, in words; credentials are never part of it.</summary>
    public string Message { get; }

    /// <summary>The place in the text that was given, counted in characters from 0; its length when something is
    /// missing at the end.</summary>
    public int Position { get; }

    /// <summary>The text that was given, on one line, with escapes for what a terminal would obey, and with the
    /// credentials of URLs hidden.</summary>
    public string Text { get; }

    /// <summary>The same place in <see cref="Text"/>, which is shorter or longer where credentials were hidden or
    /// characters escaped.</summary>
    public int TextPosition { get; }

    /// <summary>Three lines: the message, the text, and a caret under the place. A long text is cut to what is
    /// around the place.</summary>
    public override string ToString()
    {
        int start = Text.Length <= LongestText ? 0 : Math.Clamp(TextPosition - ContextBefore, 0, Text.Length - LongestText);
        string before = start > 0 ? "…" : "";
        string after = start + LongestText < Text.Length ? "…" : "";
        string shown = string.Concat(before, Text.AsSpan(start, Math.Min(LongestText, Text.Length - start)), after);
        return $"{Message}\n  {shown}\n  {new string(' ', before.Length + TextPosition - start)}^";
    }
}
