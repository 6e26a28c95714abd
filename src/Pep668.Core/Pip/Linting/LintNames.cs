using Pep668.Text;

namespace Pep668.Pip.Linting;

/// <summary>The names that are searched for, and what their values mean.</summary>
internal static class LintNames
{
    /// <summary>The option of pip and uv.</summary>
    internal const string Option = "--break-system-packages";

    private const string Key = "break-system-packages";
    private static readonly string[] Variables = ["PIP_BREAK_SYSTEM_PACKAGES", "UV_BREAK_SYSTEM_PACKAGES"];

    /// <summary>Whether it is pip's or uv's variable. pip reads the part after <c>PIP_</c> in any case, and Windows
    /// knows no case.</summary>
    internal static bool IsVariable(string name) => Variables.Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The variable that a text contains, and where; below 0 for none.</summary>
    internal static int FindVariable(string text, out string name)
    {
        foreach (string variable in Variables)
        {
            if (text.IndexOf(variable, StringComparison.OrdinalIgnoreCase) is >= 0 and int at)
            {
                name = variable;
                return at;
            }
        }
        name = "";
        return -1;
    }

    /// <summary>Whether a name is pip's or uv's setting, <c>break-system-packages</c>, after a section or
    /// not.</summary>
    /// <param name="name">The name.</param>
    /// <param name="allowsUnderscores">Whether <c>_</c> is the same as <c>-</c>.</param>
    internal static bool IsSetting(string name, bool allowsUnderscores)
    {
        string last = name[(name.LastIndexOf('.') + 1)..];
        return string.Equals(allowsUnderscores ? last.Replace('_', '-') : last, Key, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether a value switches something on. An expression is taken for one that does, except where it only
    /// repeats a variable or has a default that does not.</summary>
    internal static bool IsTrue(string value)
    {
        string text = value.Trim().Trim('"', '\'').Trim();
        return TruthText.Parse(text) switch
        {
            TruthValue.True => true,
            TruthValue.False => false,
            // PowerShell removes a variable that is set to it.
            _ => !text.Equals("$null", StringComparison.OrdinalIgnoreCase) && IsExpression(text),
        };
    }

    /// <summary>Whether a text names a marker.</summary>
    internal static bool HasMarker(string text) => MarkerNames.Find(text) >= 0;

    /// <summary>Where the option is a part of a text between blanks; below 0 if it is not.</summary>
    internal static int FindOption(string text)
    {
        for (int at = 0; (at = text.IndexOf(Option, at, StringComparison.Ordinal)) >= 0; at += Option.Length)
        {
            int end = at + Option.Length;
            if ((at == 0 || char.IsWhiteSpace(text[at - 1])) && (end == text.Length || char.IsWhiteSpace(text[end])))
            {
                return at;
            }
        }
        return -1;
    }

    private static bool IsExpression(string text)
    {
        if (text.StartsWith("${", StringComparison.Ordinal) && text.EndsWith('}'))
        {
            string inner = text[2..^1];
            int sign = inner.IndexOf('-', StringComparison.Ordinal);
            string name = sign < 0 ? inner : inner[..sign].TrimEnd(':');
            return sign > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_') ? IsTrue(inner[(sign + 1)..])
                : !IsVariable(name);
        }
        return text.Length > 1 && text[0] is '$' ? !IsVariable(text[1..].Replace("env:", "", StringComparison.OrdinalIgnoreCase))
            : text.Contains("{{", StringComparison.Ordinal) || text.Contains("$(", StringComparison.Ordinal)
                || (text.Length > 2 && text[0] is '%' && text[^1] is '%' && !IsVariable(text[1..^1]));
    }
}
