using Pep668.Machines;

namespace Pep668.Pip.Settings;

/// <summary>
/// How Python decodes a text file when it is not told: <c>locale.getpreferredencoding(False)</c>, from the variables.
/// Whether the locale is installed is not looked at.
/// </summary>
internal enum LocaleEncoding
{
    /// <summary>UTF-8.</summary>
    Utf8,

    /// <summary>ASCII: the locale C, where nothing makes it UTF-8.</summary>
    Ascii,

    /// <summary>One of the older encodings.</summary>
    Other,
}

/// <summary>Finds the encoding of the locale.</summary>
internal static class LocaleEncodings
{
    /// <summary>The encoding of a machine's user.</summary>
    /// <param name="machine">Whose variables; below a root there are none, and UTF-8 is what images have.</param>
    /// <param name="python">The interpreter: from 3.7 on the locale C means UTF-8 (PEP 538, PEP 540).</param>
    /// <param name="pip">From 26 on, with Python 3.11, it asks the locale even where UTF-8 mode is on.</param>
    internal static LocaleEncoding Find(Machine machine, (int Major, int Minor) python, PipRelease pip)
    {
        bool asksLocale = pip.IgnoresUtf8Mode && python.CompareTo((3, 11)) >= 0;
        if (machine.Platform == Platform.MacOS || machine.IsImage
            || (!asksLocale && python.CompareTo((3, 7)) >= 0 && machine.Variable("PYTHONUTF8") is "1"))
        {
            return LocaleEncoding.Utf8;
        }
        if (machine.Platform == Platform.Windows)
        {
            return !asksLocale && python.CompareTo((3, 15)) >= 0 ? LocaleEncoding.Utf8 : LocaleEncoding.Other;
        }
        string locale = machine.Variable("LC_ALL") ?? machine.Variable("LC_CTYPE") ?? machine.Variable("LANG") ?? "C";
        if (locale is "C" or "POSIX")
        {
            // LC_ALL keeps PEP 538 from making it C.UTF-8, as this variable does.
            bool isKept = machine.Variable("LC_ALL") is not null || machine.Variable("PYTHONCOERCECLOCALE") is "0";
            return python.CompareTo((3, 7)) < 0 || (asksLocale && isKept) ? LocaleEncoding.Ascii : LocaleEncoding.Utf8;
        }
        string codeset = locale.Split('@')[0];
        codeset = codeset[(codeset.IndexOf('.', StringComparison.Ordinal) + 1)..];
        return codeset.Replace("-", "", StringComparison.Ordinal).Equals("utf8", StringComparison.OrdinalIgnoreCase)
            ? LocaleEncoding.Utf8
            : LocaleEncoding.Other;
    }
}
