using System.Globalization;
using System.Text;
using Pep668.Text;

namespace Pep668.Markers;

/// <summary>Why the message of a marker cannot be read, in words.</summary>
internal static class MarkerProblem
{
    internal const string Empty = "The file is empty.";
    internal const string NoSection = "The file has no section [" + MarkerFile.SectionName + "].";

    internal static string Unreadable(string reason) => $"The file cannot be read: {reason.TrimEnd('.')}.";

    internal static string NotUtf8(int position) =>
        string.Create(CultureInfo.InvariantCulture, $"The file is not valid UTF-8 (byte {position}).");

    internal static string NoKey(IReadOnlyList<string> keys)
    {
        var problem = new StringBuilder("The section [" + MarkerFile.SectionName + "] has no key ");
        for (int i = 0; i < keys.Count; i++)
        {
            problem.Append(i == 0 ? "" : i == keys.Count - 1 ? " or " : ", ").Append(ConfigError.Quote(keys[i]));
        }
        return problem.Append('.').ToString();
    }
}
