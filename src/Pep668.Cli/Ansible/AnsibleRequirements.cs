using System.Text;
using Pep668.Requirements;

namespace Pep668.Cli.Ansible;

/// <summary>Lists of requirements. In a string, Ansible separates the elements of every list with commas, which a
/// requirement can contain too; they are put together as <c>ansible.builtin.pip</c> does
/// (<c>ansible/modules/pip.py</c>, <c>_recover_package_name</c>).</summary>
/// <remarks>Beyond that module, commas in parentheses and in quotes separate nothing, and an element of an array that
/// is a requirement is not split.</remarks>
internal static class AnsibleRequirements
{
    // pip.py, op_dict.
    private static readonly string[] Operators = [">=", "<=", ">", "<", "==", "!=", "~="];

    /// <summary>The requirements in a string.</summary>
    internal static string[] Read(string text) => Join(text.Split(','));

    /// <summary>The requirements in an array.</summary>
    internal static string[] Read(IEnumerable<string> elements) =>
        Join(elements.SelectMany(one => Requirement.TryParse(one, out _, out _) ? [one] : one.Split(',')));

    private static string[] Join(IEnumerable<string> parts)
    {
        var found = new List<string>();
        var one = new StringBuilder();
        bool isOpen = false;
        foreach (string part in parts)
        {
            if (isOpen || StartsWithOperator(part))
            {
                one.Append(one.Length > 0 ? "," : "");
            }
            else
            {
                found.Add(one.ToString().Trim());
                one.Clear();
            }
            isOpen = IsOpen(one.Append(part));
        }
        found.Add(one.ToString().Trim());
        return [.. found.Where(text => text.Length > 0)];
    }

    private static bool StartsWithOperator(string part) =>
        Operators.Any(one => part.AsSpan().TrimStart().StartsWith(one, StringComparison.Ordinal));

    // Whether it ends within brackets, parentheses or quotes.
    private static bool IsOpen(StringBuilder text)
    {
        int depth = 0;
        char quote = '\0';
        for (int at = 0; at < text.Length; at++)
        {
            char letter = text[at];
            if (quote != '\0')
            {
                quote = letter == quote ? '\0' : quote;
            }
            else if (letter is '\'' or '"')
            {
                quote = letter;
            }
            else
            {
                depth += letter is '[' or '(' ? 1 : letter is ']' or ')' && depth > 0 ? -1 : 0;
            }
        }
        return depth > 0 || quote != '\0';
    }
}
