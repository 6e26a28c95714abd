using System.Globalization;
using Pep668.Text;

namespace Pep668.Pip.Settings;

/// <summary>How pip reads names and values (<c>pip/_internal/configuration.py</c>, <c>utils/misc.py</c>,
/// <c>cli/parser.py</c>).</summary>
internal static class PipText
{
    /// <summary><c>_normalize_name</c>: lower case, <c>-</c> for <c>_</c>, without a leading <c>--</c>.</summary>
    internal static string NormalizeName(string name)
    {
        string lower = PythonText.Lower(name).Replace('_', '-');
        return lower.StartsWith("--", StringComparison.Ordinal) ? lower[2..] : lower;
    }

    /// <summary>The value of a counted option: a truth value or a number that is not negative; null where pip
    /// stops.</summary>
    internal static int? Count(string value, bool numbers) => TruthText.Parse(value) switch
    {
        TruthValue.True => 1,
        TruthValue.False => 0,
        _ when numbers
            && int.TryParse(PythonText.Strip(value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int count)
            && count >= 0 => count,
        _ => null,
    };
}
