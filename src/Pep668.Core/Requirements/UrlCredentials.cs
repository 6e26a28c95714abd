using System.Text;
using Pep668.Text;

namespace Pep668.Requirements;

/// <summary>
/// Hides what is before the <c>@</c> of a URL's host, as pip does in what it prints
/// (<c>pip/_internal/utils/misc.py</c>, <c>redact_netloc</c>): <c>user:secret@host</c> becomes <c>user:****@host</c>,
/// and a lone <c>token@host</c> <c>****@host</c>.
/// </summary>
/// <remarks>
/// Beyond pip: a password with a bare <c>/</c>, <c>?</c> or <c>#</c> in it, which makes the URL wrong, is hidden as
/// well, and so are URLs anywhere inside a longer text.
/// </remarks>
internal static class UrlCredentials
{
    private const string Hidden = "****";

    /// <summary>The text with the credentials of every URL in it hidden; the same text when there are none.</summary>
    public static string Redact(string text)
    {
        int position = 0;
        return Redact(text, ref position);
    }

    /// <summary>The same, with a place in the text moved to where it is in the result.</summary>
    internal static string Redact(string text, ref int position)
    {
        StringBuilder? redacted = null;
        int copied = 0;
        int moved = position;
        for (int at = text.IndexOf("//", StringComparison.Ordinal); at >= 0;
            at = text.IndexOf("//", Math.Max(at + 2, copied), StringComparison.Ordinal))
        {
            if (Secret(text, at + 2) is not (int start, int end))
            {
                continue;
            }
            redacted ??= new StringBuilder(text.Length);
            redacted.Append(text, copied, start - copied).Append(Hidden);
            moved +=
                position >= end ? Hidden.Length - (end - start)
                : position > start ? start - position
                : 0;
            copied = end;
        }
        position = moved;
        return redacted?.Append(text, copied, text.Length - copied).ToString() ?? text;
    }

    /// <summary>What <see cref="Redact(string)"/> would hide, each with whether a user's name and a colon stand before
    /// it.</summary>
    internal static IReadOnlyList<(string Secret, bool IsPassword)> Secrets(string text)
    {
        var secrets = new List<(string, bool)>();
        for (int at = text.IndexOf("//", StringComparison.Ordinal); at >= 0; at = text.IndexOf("//", at + 2, StringComparison.Ordinal))
        {
            if (Secret(text, at + 2) is (int start, int end))
            {
                secrets.Add((text[start..end], start > at + 2));
            }
        }
        return secrets;
    }

    // Where the part to hide begins and ends; null if it is missing.
    private static (int Start, int End)? Secret(string text, int authority)
    {
        int end = authority;
        while (end < text.Length && text[end] is not ('/' or '?' or '#') && !PythonText.IsSpace(text[end]))
        {
            end++;
        }
        ReadOnlySpan<char> host = text.AsSpan(authority, end - authority);
        int sign = host.LastIndexOf('@');
        int colon = host.IndexOf(':');
        if (sign < 0 && colon >= 0 && host[(host.LastIndexOf(':') + 1)..] is { IsEmpty: false } port
            && port.ContainsAnyExceptInRange('0', '9') && port[^1] != ']')
        {
            // No port has letters in it: the host has not come yet.
            int length = 0;
            while (authority + length < text.Length && !PythonText.IsSpace(text[authority + length]))
            {
                length++;
            }
            sign = text.AsSpan(authority, length).LastIndexOf('@');
        }
        return
            sign < 0 ? null
            : colon >= 0 && colon < sign ? (authority + colon + 1, authority + sign)
            : (authority, authority + sign);
    }
}
