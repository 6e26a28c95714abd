namespace Pep668.Machines;

/// <summary>
/// The user's folders in which tools keep their files, as platformdirs names them (its <c>unix.py</c>, <c>macos.py</c>
/// and <c>windows.py</c>). The variables of XDG count on Linux alone.
/// </summary>
internal static class UserFolders
{
    /// <summary>
    /// The user's home as Python finds it (<c>os.path.expanduser('~')</c>), below a root that of root; null when it is
    /// unknown.
    /// </summary>
    internal static string? Home(Machine machine) =>
        machine.Platform != Platform.Windows && machine.Variables.TryGetValue("HOME", out string? home)
            ? home.TrimEnd('/') is { Length: > 0 } trimmed ? trimmed : "/"
            : machine.Home ?? (machine.Files.Root is null ? null : "/root");

    /// <summary>Where data is: <c>user_data_dir</c>.</summary>
    internal static IEnumerable<string> Data(Machine machine, bool roaming = false) =>
        Find(machine, "XDG_DATA_HOME", Path.Combine(".local", "share"), Path.Combine("Library", "Application Support"), roaming);

    /// <summary>Where settings are: <c>user_config_dir</c>.</summary>
    internal static IEnumerable<string> Config(Machine machine, bool roaming = false) =>
        Find(machine, "XDG_CONFIG_HOME", ".config", Path.Combine("Library", "Application Support"), roaming);

    /// <summary>Where the cache of a tool is: <c>user_cache_dir</c> without an author.</summary>
    internal static IEnumerable<string> Cache(Machine machine, string name) =>
        Find(machine, "XDG_CACHE_HOME", ".cache", Path.Combine("Library", "Caches"), roaming: false)
            .Select(folder => machine.Platform == Platform.Windows ? Path.Combine(folder, name, "Cache") : Path.Combine(folder, name));

    /// <summary>
    /// The cache of Pep668 itself: <c>PEP668_CACHE_DIR</c>, else <c>pep668</c> in <c>XDG_CACHE_HOME</c> or
    /// <c>~/.cache</c> (<c>~/Library/Caches</c>, <c>%LOCALAPPDATA%\pep668\cache</c>). Relative paths in variables are
    /// ignored, as the XDG Base Directory Specification requires. Null below a root, and where another user could
    /// exchange a folder: root with the HOME of a user (<c>sudo</c>) neither reads nor writes there.
    /// </summary>
    internal static string? OwnCache(Machine machine) =>
        NamedCache(machine) is string cache && (machine.Platform == Platform.Windows || FileTrust.SafeFolder(
            Machine.Upward(cache).First(folder => FileTree.Host.LinkStat(folder).Kind != FileKind.Missing)) is not null) ? cache : null;

    private static string? NamedCache(Machine machine)
    {
        if (machine.Files.Root is not null)
        {
            return null;
        }
        string? home = Home(machine) is string folder && Path.IsPathFullyQualified(folder) ? folder : machine.Home;
        return machine.Variable("PEP668_CACHE_DIR") is string given && Path.IsPathFullyQualified(given) ? given
            : machine.Platform switch
            {
                Platform.Windows when machine.Variable("LOCALAPPDATA") is string local => Path.Combine(local, "pep668", "cache"),
                Platform.MacOS when home is not null => Path.Combine(home, "Library", "Caches", "pep668"),
                _ when machine.Variable("XDG_CACHE_HOME") is string cache && Path.IsPathFullyQualified(cache) =>
                    Path.Combine(cache, "pep668"),
                _ => home is null ? null : Path.Combine(home, ".cache", "pep668"),
            };
    }

    /// <summary>Where the settings of the whole machine are: <c>site_config_dir</c>.</summary>
    internal static IEnumerable<string> SiteConfig(Machine machine) => machine.Platform switch
    {
        Platform.Windows => machine.Variable("ProgramData") is string folder ? [folder]
            : machine.Variable("SystemDrive") is string drive ? [Path.Combine(drive + Path.DirectorySeparatorChar, "ProgramData")]
            : [],
        Platform.MacOS => ["/Library/Application Support"],
        _ => [machine.Absolute(machine.Variable("XDG_CONFIG_DIRS")?.Split(':')[0] is { Length: > 0 } first ? first : "/etc/xdg")],
    };

    /// <summary>
    /// <c>$XDG_DATA_HOME</c> where it is an absolute path, and <c>~/.local/share</c>: what was made before the variable
    /// was set is still there (XDG Base Directory Specification).
    /// </summary>
    internal static IEnumerable<string> XdgData(Machine machine)
    {
        IEnumerable<string> usual = machine.Homes().Select(home => Path.Combine(home, ".local", "share"));
        return machine.Variable("XDG_DATA_HOME") is string data && Path.IsPathRooted(data) ? usual.Prepend(data) : usual;
    }

    /// <summary><c>~/Library/Application Support</c> of macOS.</summary>
    internal static IEnumerable<string> ApplicationSupport(Machine machine) =>
        machine.Platform == Platform.MacOS ? machine.Homes().Select(home => Path.Combine(home, "Library", "Application Support")) : [];

    /// <summary>The folder of a variable, where it is set, and the usual ones; each once.</summary>
    internal static IEnumerable<string> Named(Machine machine, string variable, IEnumerable<string> usual) =>
        Named(machine, usual, machine.Variable(variable));

    /// <summary>Of the folders of <see cref="Named(Machine, string, IEnumerable{string})"/>, those that a program uses
    /// itself: where its variable is set, that folder only.</summary>
    internal static IEnumerable<string> InUse(Machine machine, string variable, IEnumerable<string> named) =>
        machine.Variable(variable) is null ? named : named.Take(1);

    /// <summary>A folder, where it is given, and the usual ones; each once.</summary>
    internal static IEnumerable<string> Named(Machine machine, IEnumerable<string> usual, string? folder) =>
        (folder is not null ? usual.Prepend(Path.TrimEndingDirectorySeparator(machine.Absolute(folder))) : usual)
            .Distinct(StringComparer.Ordinal);

    /// <summary>The value of a variable, the variables in it expanded; null if it is unset.</summary>
    internal static string? Expanded(Machine machine, string variable) =>
        machine.Variable(variable) is string text ? Text.VariableText.Expand(text, machine.Variable) : null;

    private static IEnumerable<string> Find(Machine machine, string variable, string unix, string mac, bool roaming)
    {
        string? named = machine.Variable(variable) is string value && value.Trim().Length > 0 ? machine.Absolute(value) : null;
        return machine.Platform switch
        {
            Platform.Windows => machine.Variable(roaming ? "APPDATA" : "LOCALAPPDATA") is string known ? [known]
                : machine.Homes().Select(home => Path.Combine(home, "AppData", roaming ? "Roaming" : "Local")),
            Platform.MacOS => machine.Homes().Select(home => Path.Combine(home, mac)),
            _ => named is null ? machine.Homes().Select(home => Path.Combine(home, unix)) : [named],
        };
    }
}
