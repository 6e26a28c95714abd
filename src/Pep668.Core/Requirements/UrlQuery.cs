using Pep668.Text;

namespace Pep668.Requirements;

/// <summary>The values in the query of a URL that can be passwords or tokens.</summary>
internal static class UrlQuery
{
    // Shorter values of other fields are words or numbers: ?download=1.
    private const int Shortest = 8;

    private static readonly string[] Names =
        ["token", "key", "secret", "pass", "pwd", "auth", "sig", "credential", "access", "session", "sas", "jwt", "bearer"];

    /// <summary>Where the URL that contains a position ends: at a space, a fragment, a quote or a bracket.</summary>
    internal static int End(string text, int from)
    {
        int end = from;
        while (end < text.Length && !PythonText.IsSpace(text[end]) && text[end] is not ('#' or '\'' or '"' or '<' or '>' or ')'))
        {
            end++;
        }
        return end;
    }

    /// <summary>Where each begins and ends, with whether the name of its field, or of a field in its value, shows that
    /// it is one.</summary>
    /// <param name="text">A text that contains a URL.</param>
    /// <param name="from">A position after the user's name and password of the URL.</param>
    /// <param name="end">Where the URL ends.</param>
    internal static IEnumerable<(int Start, int End, bool IsPassword)> Secrets(string text, int from, int end)
    {
        int start = text.IndexOf('?', from, end - from) + 1;
        while (start > 0 && start < end)
        {
            int next = text.AsSpan(start, end - start).IndexOfAny('&', ';');
            int stop = next < 0 ? end : start + next;
            int sign = text.IndexOf('=', start, stop - start);
            int lastSign = text.LastIndexOf('=', stop - 1, stop - start);
            bool isPassword = sign > 0 && Array.Exists(Names, name => text.AsSpan(start, lastSign - start).Contains(name,
                StringComparison.OrdinalIgnoreCase));
            int value = sign + 1 > start ? sign + 1 : start;
            if (stop > value && (isPassword || stop - value >= Shortest))
            {
                yield return (value, stop, isPassword);
            }
            start = stop + 1;
        }
    }
}
