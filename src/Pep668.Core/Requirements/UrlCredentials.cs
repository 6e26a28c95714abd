using System.Text;
using Pep668.Text;

namespace Pep668.Requirements;

/// <summary>
/// Hides what is before the <c>@</c> of a URL's host, as pip does in what it prints
/// (<c>pip/_internal/utils/misc.py</c>, <c>redact_netloc</c>): <c>user:secret@host</c> becomes <c>user:****@host</c>,
/// and a lone <c>token@host</c> <c>****@host</c>.
/// </summary>
/// <remarks>
/// Beyond pip: the values of a query that can be tokens are hidden (<c>?token=secret</c>); a password with a bare
/// <c>/</c>, <c>?</c> or <c>#</c> in it, which makes the URL wrong, is hidden as well, and so are URLs anywhere inside
/// a longer text.
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

    /// <summary>The same for a text that should be a path or a URL: one that lacks its scheme, as
    /// <c>user:secret@host/simple</c>, has credentials too.</summary>
    internal static string RedactWithoutScheme(string text) => Redact("//" + text)[2..];

    /// <summary>The same, with a place in the text moved to where it is in the result.</summary>
    internal static string Redact(string text, ref int position)
    {
        StringBuilder? redacted = null;
        int copied = 0;
        int moved = position;
        foreach ((int start, int end, _) in Spans(text))
        {
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

    /// <summary>What <see cref="Redact(string)"/> would hide, each with whether it is known to be a password or a
    /// token: a user's name and a colon, or the name of a query's field, are before it.</summary>
    internal static IReadOnlyList<(string Secret, bool IsPassword)> Secrets(string text) =>
        [.. Spans(text).Select(one => (text[one.Start..one.End], one.IsPassword))];

    /// <summary>A URL without the part before the <c>@</c> of its host.</summary>
    internal static string WithoutUser(string url)
    {
        int authority = url.IndexOf("//", StringComparison.Ordinal) + 2;
        return authority >= 2 && Secret(url, authority, Word(url, authority).Sign) is (_, int end)
            ? url[..authority] + url[(end + 1)..] : url;
    }

    // Every word and every query is read once: a text of others may have thousands of "//" in one word.
    private static IEnumerable<(int Start, int End, bool IsPassword)> Spans(string text)
    {
        int done = 0;
        int queried = -1;
        (int End, int Sign) word = (-1, -1);
        for (int at = text.IndexOf("//", StringComparison.Ordinal); at >= 0;
            at = text.IndexOf("//", Math.Max(at + 2, done), StringComparison.Ordinal))
        {
            int authority = at + 2;
            word = authority <= word.End ? word : Word(text, authority);
            if (Secret(text, authority, word.Sign) is (int start, int end))
            {
                yield return (start, end, start > authority);
                done = end;
            }
            int rest = Math.Max(authority, done);
            if (rest > queried)
            {
                queried = UrlQuery.End(text, rest);
                foreach ((int Start, int End, bool IsPassword) field in UrlQuery.Secrets(text, rest, queried))
                {
                    yield return field;
                    done = field.End;
                }
            }
        }
    }

    // Where the word ends, and its last @ (-1 if it has none).
    private static (int End, int Sign) Word(string text, int from)
    {
        int end = from;
        int sign = -1;
        for (; end < text.Length && !PythonText.IsSpace(text[end]); end++)
        {
            sign = text[end] == '@' ? end : sign;
        }
        return (end, sign);
    }

    // Where the part to hide begins and ends; null if it is missing.
    private static (int Start, int End)? Secret(string text, int authority, int lastSign)
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
            sign = lastSign - authority;
        }
        return
            sign < 0 ? null
            : colon >= 0 && colon < sign ? (authority + colon + 1, authority + sign)
            : (authority, authority + sign);
    }
}
