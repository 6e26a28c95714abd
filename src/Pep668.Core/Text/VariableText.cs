using System.Text;

namespace Pep668.Text;

/// <summary>Texts in which variables are named.</summary>
internal static class VariableText
{
    /// <summary>
    /// <c>$NAME</c> and <c>${NAME}</c> by their values, as <c>os.path.expandvars</c> does; an unset one stays as it is.
    /// </summary>
    internal static string Expand(string text, Func<string, string?> variable)
    {
        var done = new StringBuilder(text.Length);
        for (int at = 0; at < text.Length; at++)
        {
            int start = at + 1, end = start;
            bool braced = start < text.Length && text[start] == '{';
            if (text[at] == '$')
            {
                end = braced ? text.IndexOf('}', start) : start;
                while (!braced && end < text.Length && (char.IsAsciiLetterOrDigit(text[end]) || text[end] == '_'))
                {
                    end++;
                }
            }
            if (end > start && variable(text[(braced ? start + 1 : start)..end]) is string value)
            {
                done.Append(value);
                at = braced ? end : end - 1;
            }
            else
            {
                done.Append(text[at]);
            }
        }
        return done.ToString();
    }
}
