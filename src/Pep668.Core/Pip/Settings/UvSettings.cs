using Pep668.Machines;
using Pep668.Text;

namespace Pep668.Pip.Settings;

/// <summary>One place that sets <c>break-system-packages</c> for uv.</summary>
/// <param name="Path">The file; null for the variable.</param>
/// <param name="Name">The variable or the key.</param>
/// <param name="Value">The value as it is written.</param>
internal sealed record UvSetting(string? Path, string Name, string Value);

/// <summary>
/// What switches uv's protection off, as <c>uv pip install</c> reads it (tried on uv 0.6.14): the variable, then the
/// file of the project, of the user and of the system; or the one that <c>UV_CONFIG_FILE</c> names, alone. The variable
/// can switch it off and not on again: <c>false</c> leaves it to the files.
/// </summary>
internal sealed record UvSettings
{
    private const string Key = "break-system-packages";
    private const string ConfigName = "uv.toml";

    private UvSettings(IReadOnlyList<UvSetting> all, IReadOnlyDictionary<string, UvSetting> places, UvSetting? effective,
        IReadOnlyList<string> problems)
    {
        All = all;
        Places = places;
        Effective = effective;
        Problems = problems;
    }

    /// <summary>Every place, the strongest first.</summary>
    internal IReadOnlyList<UvSetting> All { get; }

    /// <summary>The files' <c>target</c> and <c>prefix</c>, of each the one that counts: installs go there, and uv does
    /// not check them.</summary>
    internal IReadOnlyDictionary<string, UvSetting> Places { get; }

    /// <summary>What decides; null when nothing does or uv would stop.</summary>
    internal UvSetting? Effective { get; }

    /// <summary>Whether uv may change what is externally managed.</summary>
    internal bool Overrides => Effective is not null && IsTrue(Effective.Value);

    /// <summary>Why uv would refuse to run.</summary>
    internal IReadOnlyList<string> Problems { get; }

    /// <summary>Reads them.</summary>
    /// <param name="machine">Whose files and variables.</param>
    /// <param name="home">The user's home folder.</param>
    internal static UvSettings Read(Machine machine, string? home)
    {
        var all = new List<UvSetting>();
        var places = new Dictionary<string, UvSetting>(StringComparer.Ordinal);
        var problems = new List<string>();
        if (machine.Variables.TryGetValue("UV_BREAK_SYSTEM_PACKAGES", out string? value))
        {
            all.Add(new(null, "UV_BREAK_SYSTEM_PACKAGES", value));
            if (IsInvalid(value))
            {
                problems.Add($"uv cannot read the environment variable UV_BREAK_SYSTEM_PACKAGES: '{value}' is not a truth value.");
            }
        }
        foreach ((string path, bool isRequired) in Files(machine, home, problems))
        {
            ReadFile(machine.Files, path, isRequired, all, places, problems);
        }
        UvSetting? effective = problems.Count > 0 ? null : all.Find(setting => setting.Path is not null || IsTrue(setting.Value));
        return new(all, places, effective, problems);
    }

    // clap's boolish values are strtobool's; from a file only true and false come here.
    private static bool IsTrue(string value) => TruthText.Parse(value) == TruthValue.True;

    private static bool IsInvalid(string value) => TruthText.Parse(value) == TruthValue.Invalid;

    private static IEnumerable<(string Path, bool IsRequired)> Files(Machine machine, string? home, List<string> problems)
    {
        if (machine.Variables.TryGetValue("UV_CONFIG_FILE", out string? named))
        {
            if (named.Length > 0)
            {
                yield return (machine.FromHere(named), true);
                yield break;
            }
            problems.Add("uv cannot read the environment variable UV_CONFIG_FILE: it is empty.");
        }
        if (machine.Variables.TryGetValue("UV_NO_CONFIG", out string? none))
        {
            if (IsTrue(none))
            {
                yield break;
            }
            if (IsInvalid(none))
            {
                problems.Add($"uv cannot read the environment variable UV_NO_CONFIG: '{none}' is not a truth value.");
            }
        }
        // Below a root nobody stands anywhere.
        if (!machine.IsImage && machine.HasCurrentDirectory)
        {
            string start = machine.Variable("UV_PROJECT") is string project
                ? machine.FromHere(project)
                : machine.CurrentDirectory;
            if (ProjectFile(machine.Files, UvProject.Folder(machine.Files, start)) is string found)
            {
                yield return (found, false);
            }
        }
        if (UserFile(machine, home) is string user)
        {
            yield return (user, false);
        }
        if (SystemFile(machine) is string system)
        {
            yield return (system, false);
        }
    }

    // The nearest folder with a uv.toml, or with a pyproject.toml that has [tool.uv]; beside a uv.toml that table is
    // ignored.
    private static string? ProjectFile(FileTree files, string start) =>
        Machine.Upward(start).Select(folder =>
            files.IsFile(Path.Combine(folder, ConfigName)) ? Path.Combine(folder, ConfigName)
            : UvProject.Pyproject(files, folder)?.Find<TomlTable>("tool", "uv") is TomlTable table && IsSound(table)
                ? Path.Combine(folder, "pyproject.toml")
            : null).FirstOrDefault(path => path is not null);

    private static string? UserFile(Machine machine, string? home) =>
        machine.Platform == Platform.Windows
            ? machine.Variable("APPDATA") is string data ? Path.Combine(data, "uv", ConfigName) : null
            : machine.Variable("XDG_CONFIG_HOME") is string config && Path.IsPathRooted(config) ? Path.Combine(config, "uv", ConfigName)
            : home is null ? null : Path.Combine(home, ".config", "uv", ConfigName);

    private static string? SystemFile(Machine machine)
    {
        if (machine.Platform == Platform.Windows)
        {
            return machine.Variable("SystemDrive") is string drive
                ? Path.Combine(drive + Path.DirectorySeparatorChar, "ProgramData", "uv", ConfigName) : null;
        }
        return (machine.Variable("XDG_CONFIG_DIRS") ?? "/etc/xdg").Split(':').TakeWhile(folder => folder.Length > 0)
            .Select(folder => machine.FromHere(Path.Combine(folder, "uv", ConfigName)))
            .FirstOrDefault(machine.Files.IsFile) ?? "/etc/uv/" + ConfigName;
    }

    private static void ReadFile(FileTree files, string path, bool isRequired, List<UvSetting> all, Dictionary<string, UvSetting> places,
        List<string> problems)
    {
        if (files.Read(path).Bytes is not byte[] bytes)
        {
            if (isRequired)
            {
                problems.Add($"uv cannot read '{path}'.");
            }
            return;
        }
        bool isProject = !isRequired && string.Equals(Path.GetFileName(path), "pyproject.toml", StringComparison.Ordinal);
        TomlTable? file = TomlReader.Read(bytes);
        TomlTable? own = isProject ? file?.Find<TomlTable>("tool", "uv") : file;
        if (own is null || !IsSound(own))
        {
            problems.Add(
                $"uv cannot read '{path}': {(file is null ? "it is not valid TOML." : "pip.break-system-packages is not a truth value.")}");
        }
        else
        {
            string start = isProject ? "tool.uv.pip." : "pip.";
            if (own.Find<TomlScalar>("pip", Key) is TomlScalar value)
            {
                all.Add(new(path, start + Key, value.Text));
            }
            foreach (string place in (string[])["target", "prefix"])
            {
                if (own.Find<string>("pip", place) is string folder)
                {
                    places.TryAdd(place, new(path, start + place, folder));
                }
            }
        }
    }

    private static bool IsSound(TomlTable table) =>
        !table.TryGetValue("pip", out object? pip)
        || (pip is TomlTable inner
            && (!inner.TryGetValue(Key, out object? value) || value is TomlScalar { Truth: not TruthValue.Invalid }));
}
