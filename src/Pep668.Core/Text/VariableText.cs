using System.Text;

namespace Pep668.Text;

/// <summary>Texts in which variables are named.</summary>
internal static class VariableText
{
    /// <summary>
    /// <c>$NAME</c> and <c>${NAME}</c> by their values, as <c>os.path.expandvars</c> does; an unset one stays as it is,
    /// and so does all that follows a brace which is not closed (CPython since CVE-2025-6075).
    /// </summary>
    internal static string Expand(string text, Func<string, string?> variable)
    {
        var done = new StringBuilder(text.Length);
        int lastBrace = text.LastIndexOf('}');
        int at = 0;
        for (int next; (next = text.IndexOf('$', at)) >= 0;)
        {
            int start = next + 1;
            bool braced = start < text.Length && text[start] == '{';
            int end = braced ? text.IndexOf('}', start) : start;
            if (end < 0)
            {
                break; // Later ones are not closed either.
            }
            while (!braced && end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }
            int rest = braced ? end + 1 : end;
            string name = text[(braced ? start + 1 : start)..end];
            done.Append(text, at, next - at).Append(variable(name) ?? text[next..rest]);
            at = rest;
        }
        return done.Append(text, at, text.Length - at).ToString();
    }
}
