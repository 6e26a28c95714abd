namespace Pep668.Markers;

/// <summary>Which of a marker's translations to prefer (PEP 668, "Marking an interpreter as using an external package
/// manager").</summary>
internal sealed record MarkerLanguage
{
    private MarkerLanguage()
    {
    }

    /// <summary>The language as the keys of a marker name it, such as <c>de_DE</c>; null for the untranslated
    /// text.</summary>
    public string? Name { get; private init; }

    /// <summary>Only the key <c>Error</c>.</summary>
    public static MarkerLanguage Untranslated { get; } = new();

    /// <summary>A language exactly as given; an empty one is the untranslated text.</summary>
    public static MarkerLanguage Verbatim(string language) => string.IsNullOrEmpty(language) ? Untranslated : new() { Name = language };

    /// <summary>
    /// The language that pip gets from Python: <c>locale.getlocale(locale.LC_MESSAGES)</c>, or the user interface's if
    /// no variable is set.
    /// </summary>
    /// <param name="variable">Gives the value of an environment variable, or null.</param>
    /// <param name="uiCulture">The name of the user interface's culture, such as <c>de-DE</c>.</param>
    /// <param name="interpreter">The Python whose marker is read: <c>C.UTF-8</c> means <c>en_US</c> to those before
    /// 3.12.</param>
    public static MarkerLanguage FromVariables(
        Func<string, string?> variable, string? uiCulture, (int Major, int Minor)? interpreter)
    {
        ArgumentNullException.ThrowIfNull(variable);
        foreach (string name in (ReadOnlySpan<string>)["LC_ALL", "LC_MESSAGES", "LANG"])
        {
            if (variable(name) is { Length: > 0 } locale)
            {
                return FromLocale(locale, interpreter);
            }
        }
        return Verbatim((uiCulture ?? "").Replace('-', '_'));
    }

    /// <summary>The keys to try, in order, as pip's <c>_iter_externally_managed_error_keys</c> gives them.</summary>
    internal IReadOnlyList<string> Keys()
    {
        var keys = new List<string>(4);
        if (Name is not null)
        {
            keys.Add(MarkerFile.TranslationPrefix + Name);
            foreach (char separator in (ReadOnlySpan<char>)['-', '_'])
            {
                int end = Name.IndexOf(separator);
                if (end >= 0)
                {
                    keys.Add(MarkerFile.TranslationPrefix + Name[..end]);
                }
            }
        }
        keys.Add(MarkerFile.MessageKey);
        return keys;
    }

    private static MarkerLanguage FromLocale(string locale, (int Major, int Minor)? interpreter)
    {
        int modifier = locale.IndexOf('@', StringComparison.Ordinal);
        string code = modifier < 0 ? locale : locale[..modifier];
        string[] parts = code.Split('.', ':');
        string language = parts[0];
        if (Is(language, "C") || Is(language, "POSIX"))
        {
            return Verbatim(Portable(Is(language, "C"), parts.Length > 1 ? parts[1] : "", interpreter));
        }
        return Verbatim(language);
    }

    /// <summary>What <c>locale_alias</c> in Python's <c>locale.py</c> makes of the portable locale with an
    /// encoding.</summary>
    private static string Portable(bool isC, string encoding, (int Major, int Minor)? interpreter)
    {
        string plain = encoding.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        return plain.Length == 0 ? ""
            : !isC ? "C"
            : Is(plain, "ascii") || Is(plain, "en") ? ""
            : Is(plain, "iso88591") ? "en_US"
            : Is(plain, "utf8") && interpreter is (int major, int minor) && (major, minor).CompareTo((3, 12)) < 0 ? "en_US"
            : "C";
    }

    private static bool Is(string text, string name) => string.Equals(text, name, StringComparison.OrdinalIgnoreCase);
}
