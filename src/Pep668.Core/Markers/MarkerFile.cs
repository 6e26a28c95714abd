using Pep668.Machines;
using Pep668.Text;

namespace Pep668.Markers;

/// <summary>Finds and reads <c>EXTERNALLY-MANAGED</c> files as pip does (<c>pip/_internal/utils/misc.py</c> and
/// <c>exceptions.py</c>).</summary>
internal static class MarkerFile
{
    /// <summary>The file's name (PEP 668).</summary>
    public const string FileName = "EXTERNALLY-MANAGED";

    internal const string SectionName = "externally-managed";
    internal const string MessageKey = "Error";
    internal const string TranslationPrefix = "Error-";
    internal const int MaximumSize = 4 << 20;

    /// <summary>The marker of a standard library folder: a regular file, links followed
    /// (<c>os.path.isfile</c>).</summary>
    /// <param name="files">Where to look.</param>
    /// <param name="stdlib">The interpreter's <c>sysconfig.get_path("stdlib")</c>, in its default scheme.</param>
    /// <returns>The file's path; null if the folder has no marker.</returns>
    public static string? Find(FileTree files, string stdlib)
    {
        ArgumentNullException.ThrowIfNull(files);
        string path = Path.Combine(stdlib, FileName);
        return CanBePath(stdlib) && files.IsFile(path) ? path : null;
    }

    /// <summary>
    /// Reads a marker. Nothing in the file or about it is an error: if pip cannot read it, the message is pip's default
    /// text, and <see cref="ExternallyManagedMarker.Problem"/> is the reason.
    /// </summary>
    /// <param name="files">Where the file is.</param>
    /// <param name="path">The file.</param>
    /// <param name="prefix">The interpreter's <c>sys.prefix</c>, which pip's default text names.</param>
    /// <param name="language">The translation to prefer.</param>
    /// <param name="interpreter">The version of the Python that would read it; those before 3.10 end a header at its
    /// first bracket.</param>
    public static ExternallyManagedMarker Read(
        FileTree files, string path, string prefix, MarkerLanguage language, (int Major, int Minor)? interpreter = null)
    {
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(language);
        FileContent content = CanBePath(path) ? files.Read(path, MaximumSize) : new(null, "it does not exist");
        return content.Bytes is byte[] bytes
            ? Parse(bytes, path, prefix, language, interpreter)
            : Default(path, prefix, MarkerProblem.Unreadable(content.Problem ?? ""));
    }

    /// <summary>As <see cref="Read"/>, from the file's bytes.</summary>
    internal static ExternallyManagedMarker Parse(
        ReadOnlySpan<byte> bytes, string path, string prefix, MarkerLanguage language, (int Major, int Minor)? interpreter = null)
    {
        if (PythonText.DecodeUtf8(bytes, out int position) is not string text)
        {
            return Default(path, prefix, MarkerProblem.NotUtf8(position));
        }
        ConfigFile file = ConfigParser.Read(text, interpreter is (int major, int minor) && (major, minor).CompareTo((3, 10)) < 0
            ? ConfigParser.HeaderEnd.First : ConfigParser.HeaderEnd.Last);
        if (file.Error is ConfigError error)
        {
            return Default(path, prefix, error.Describe(text));
        }
        if (file.Section(SectionName) is not ConfigSection section)
        {
            return Default(path, prefix, text.Length == 0 ? MarkerProblem.Empty : MarkerProblem.NoSection);
        }
        IReadOnlyList<string> keys = language.Keys();
        Dictionary<string, string> translations = Translations(section);
        foreach (string key in keys)
        {
            if (section.Find(key) is ConfigOption option)
            {
                return new(path, option.Value) { Language = LanguageOf(option), Translations = translations.AsReadOnly() };
            }
        }
        return Default(path, prefix, MarkerProblem.NoKey(keys)) with { Translations = translations.AsReadOnly() };
    }

    /// <summary>pip's <c>_DEFAULT_EXTERNALLY_MANAGED_ERROR</c>.</summary>
    internal static string DefaultMessage(string prefix) =>
        $"The Python environment under {prefix} is managed externally, and may not be\n"
        + "manipulated by the user. Please use specific tooling from the distributor of\n"
        + "the Python installation to interact with this environment instead.\n";

    /// <summary>Whether it can be a path on any system: .NET throws an exception for an empty text and for
    /// NUL.</summary>
    private static bool CanBePath(string path) => path.Length > 0 && !path.Contains('\0');

    private static ExternallyManagedMarker Default(string path, string prefix, string problem) =>
        new(path, DefaultMessage(prefix)) { Problem = problem };

    private static Dictionary<string, string> Translations(ConfigSection section)
    {
        var translations = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (ConfigOption option in section.Options())
        {
            if (LanguageOf(option) is { Length: > 0 } language)
            {
                translations.TryAdd(language, option.Value);
            }
        }
        return translations;
    }

    /// <summary>No character outside ASCII is lower-cased to one of the prefix, so its length is the same in both
    /// spellings.</summary>
    private static string? LanguageOf(ConfigOption option) =>
        option.Key.StartsWith("error-", StringComparison.Ordinal) ? option.Written[TranslationPrefix.Length..] : null;
}
