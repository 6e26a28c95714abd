using Pep668.Machines;

namespace Pep668.Pip.Settings;

/// <summary>A file that pip would read.</summary>
/// <param name="Source">What sort of place it is.</param>
/// <param name="Name">As pip has it, perhaps relative.</param>
/// <param name="Path">As an absolute path.</param>
internal sealed record PipConfigFile(PipOverrideSource Source, string Name, string Path);

/// <summary>
/// The files that pip reads, whether they are there or not: <c>get_configuration_files</c> and <c>iter_config_files</c>
/// of <c>pip/_internal/configuration.py</c>, the folders of <c>utils/appdirs.py</c> and platformdirs.
/// </summary>
internal sealed class PipConfigFiles(Machine machine, PythonEnvironment? environment, string? home)
{
    private readonly PipRelease _pip = PipRelease.Parse(environment?.PipVersion);

    private bool IsWindows => machine.Platform == Platform.Windows;

    private string BaseName => IsWindows ? "pip.ini" : "pip.conf";

    /// <summary>The files in the order in which one overrides the other, the strongest last.</summary>
    /// <param name="isolated">Whether <c>--isolated</c> is given.</param>
    internal IReadOnlyList<PipConfigFile> List(bool isolated)
    {
        string? named = machine.Variables.GetValueOrDefault("PIP_CONFIG_FILE");
        if (string.Equals(named, IsWindows ? "nul" : "/dev/null", StringComparison.Ordinal))
        {
            return [];
        }
        bool hasNamed = named is { Length: > 0 } && machine.Files.Stat(Absolute(named)).Kind != FileKind.Missing;
        var files = new List<PipConfigFile>();
        Add(PipOverrideSource.GlobalFile, GlobalFolders());
        if (!isolated && !hasNamed)
        {
            Add(PipOverrideSource.UserFile, UserFileFolders());
        }
        if (environment is not null && (environment.IsVirtual || _pip.ReadsSiteFileEverywhere))
        {
            Add(PipOverrideSource.SiteFile, [environment.Prefix]);
        }
        if (hasNamed)
        {
            files.Add(new(PipOverrideSource.ConfigFile, named!, Absolute(named!)));
        }
        return _pip.KeepsValuesByFile ? [.. files.DistinctBy(file => file.Name, StringComparer.Ordinal)] : files;

        void Add(PipOverrideSource source, IEnumerable<string> folders) =>
            files.AddRange(
                folders.Select(folder => Path.Combine(folder, BaseName)).Select(name => new PipConfigFile(source, name, Absolute(name))));
    }

    private IEnumerable<string> GlobalFolders() => machine.Platform switch
    {
        Platform.Windows => UserFolders.SiteConfig(machine).Select(folder => Path.Combine(folder, "pip")),
        Platform.MacOS => MacFolders(),
        _ => XdgFolders().Append("/etc"),
    };

    // site_data_dir
    private IEnumerable<string> MacFolders()
    {
        const string Shared = "/Library/Application Support/pip";
        if (_pip.HasXdgMixin && Set("XDG_DATA_DIRS") is string folders)
        {
            return folders.Split(':').Where(folder => folder.Trim().Length > 0).Select(folder => Path.Combine(folder, "pip"));
        }
        string prefix = environment?.Prefix ?? "";
        int python = prefix.IndexOf("/opt/python", StringComparison.Ordinal);
        string? homebrew = _pip.KnowsHomebrewByPython ? python < 0 ? null : prefix[..python]
            : prefix.StartsWith("/opt/homebrew", StringComparison.Ordinal) ? "/opt/homebrew" : null;
        return homebrew is null || !_pip.HasHomebrewFolder ? [Shared] : _pip.SplitsMacFolders ? [homebrew + "/share/pip", Shared] : [];
    }

    private IEnumerable<string> XdgFolders()
    {
        string? value = machine.Variables.GetValueOrDefault("XDG_CONFIG_DIRS");
        if (_pip.HasPlatformdirs ? string.IsNullOrWhiteSpace(value) : _pip.HasAppdirs ? string.IsNullOrEmpty(value) : value is null)
        {
            return ["/etc/xdg/pip"];
        }
        if (_pip.HasXdgMixin)
        {
            return OrEmpty(
                value!.Trim().Split(':').Where(folder => folder.Trim().Length > 0).Select(folder => Path.Combine(folder, "pip")));
        }
        if (_pip.HasAppdirs)
        {
            return OrEmpty(value!.Split(':').Where(folder => folder.Length > 0)
                .Select(folder => Path.Combine(ExpandUser(folder.TrimEnd('/')), "pip")));
        }
        return value!.Length == 0 ? [] : value.Split(':').Select(folder => Path.Combine(ExpandUser(folder), "pip"));

        // A list of none is joined to an empty text, which is one folder again: the current one.
        IEnumerable<string> OrEmpty(IEnumerable<string> folders) => _pip.JoinsXdgFolders ? folders.DefaultIfEmpty("") : folders;
    }

    private IEnumerable<string> UserFileFolders()
    {
        if (home is null)
        {
            return [];
        }
        string legacy = Path.Combine(home, IsWindows ? "pip" : ".pip");
        return machine.Platform switch
        {
            Platform.Windows => [legacy, .. UserFolders.Config(machine, roaming: true).Select(folder => Path.Combine(folder, "pip"))],
            Platform.MacOS => [legacy, MacUserFolder(home)],
            _ => [legacy, Path.Combine(ConfigHome(home), "pip")],
        };
    }

    private string MacUserFolder(string home)
    {
        string data = Path.Combine(
            _pip.HasXdgMixin && Set("XDG_DATA_HOME") is string named ? named : Path.Combine(home, "Library", "Application Support"), "pip");
        return machine.Files.IsDirectory(Absolute(data)) ? data : Path.Combine(home, ".config", "pip");
    }

    private string ConfigHome(string home)
    {
        string? value = machine.Variables.GetValueOrDefault("XDG_CONFIG_HOME");
        bool isSet = _pip.HasPlatformdirs ? !string.IsNullOrWhiteSpace(value) : value is not null;
        return !isSet ? Path.Combine(home, ".config") : _pip.HasXdgMixin ? value!.Trim() : value!;
    }

    private string? Set(string variable) =>
        machine.Variables.GetValueOrDefault(variable)?.Trim() is { Length: > 0 } value ? value : null;

    // os.path.expanduser, of this user alone
    private string ExpandUser(string folder) =>
        home is not null && _pip.ExpandsXdgFolders && (folder is "~" or ['~', '/', ..]) ? home.TrimEnd('/') + folder[1..] : folder;

    private string Absolute(string name) => machine.FromHere(name);
}
