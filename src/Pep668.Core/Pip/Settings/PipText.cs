using System.Globalization;
using Pep668.Text;

namespace Pep668.Pip.Settings;

/// <summary>How pip reads names and values (<c>pip/_internal/configuration.py</c>, <c>utils/misc.py</c>, <c>cli/parser.py</c>).</summary>
internal static class PipText
{
    /// <summary><c>_normalize_name</c>: lower case, <c>-</c> for <c>_</c>, without a leading <c>--</c>.</summary>
    internal static string NormalizeName(string name)
    {
        string lower = PythonText.Lower(name).Replace('_', '-');
        return lower.StartsWith("--", StringComparison.Ordinal) ? lower[2..] : lower;
    }

    /// <summary><c>strtobool</c>; null for its <c>ValueError</c>. Blanks around the word are not taken off.</summary>
    internal static bool? Truth(string value) => PythonText.Lower(value) switch
    {
        "y" or "yes" or "t" or "true" or "on" or "1" => true,
        "n" or "no" or "f" or "false" or "off" or "0" => false,
        _ => null,
    };

    /// <summary>The value of a counted option: a truth value or a number that is not negative; null where pip stops.</summary>
    internal static int? Count(string value, bool numbers) =>
        Truth(value) is bool truth ? truth ? 1 : 0
        : numbers && int.TryParse(PythonText.Strip(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int count) && count >= 0 ? count
        : null;
}
