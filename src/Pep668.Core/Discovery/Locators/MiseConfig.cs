using Pep668.Machines;
using Pep668.Text;

namespace Pep668.Discovery.Locators;

/// <summary>
/// Which Python mise is set to: <c>MISE_PYTHON_VERSION</c>, else the nearest folder upward that says (its files in the
/// order of <c>LOCAL_CONFIG_FILENAMES</c>, <c>src/config/mod.rs</c>), else the user's file, else the system's.
/// <c>.python-version</c> counts only where <c>idiomatic_version_file_enable_tools</c> has <c>python</c>
/// (<c>settings.toml</c>).
/// </summary>
internal static class MiseConfig
{
    private const string EnableTools = "idiomatic_version_file_enable_tools";

    // The last of them wins; here they stand the other way round. Those with an environment's name in them (MISE_ENV)
    // are not read.
    private static readonly string[] Local =
    [
        ".mise.local.toml", "mise.local.toml", ".rtx.local.toml", "mise/config.local.toml", ".mise/config.local.toml",
        ".config/mise.local.toml",
        ".config/mise/mise.local.toml", ".config/mise/config.local.toml", ".mise.toml", "mise.toml", ".rtx.toml", "mise/config.toml",
        ".mise/config.toml",
        ".config/mise.toml", ".config/mise/mise.toml", ".config/mise/config.toml",
    ];

    /// <summary>The versions, the first that is installed counts; empty when none is set.</summary>
    internal static IReadOnlyList<string> Python(Machine machine)
    {
        if (machine.Variable("MISE_PYTHON_VERSION") is string variable)
        {
            return variable.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        }
        TomlTable?[] global = [.. Global(machine).Select(path => Read(machine, path))];
        if (Array.Exists(global, file => file is null))
        {
            return [];
        }
        bool idiomatic = ReadsPythonVersion(machine, global);
        foreach (string folder in machine.Upward())
        {
            IReadOnlyList<string>? found = InFolder(machine, folder, idiomatic);
            if (found is not { Count: 0 })
            {
                return found ?? [];
            }
        }
        return global.Select(file => Tools(file!)).FirstOrDefault(found => found.Count > 0) ?? [];
    }

    // Null where mise stops.
    private static IReadOnlyList<string>? InFolder(Machine machine, string folder, bool idiomatic)
    {
        string[] names = machine.Variable("MISE_OVERRIDE_CONFIG_FILENAMES") is string other ? [.. Enumerable.Reverse(other.Split(':'))]
            : machine.Variable("MISE_DEFAULT_CONFIG_FILENAME") is string one ? [one, .. Local]
            : Local;
        foreach (string name in names)
        {
            if (Read(machine, Path.Combine(folder, name)) is not TomlTable file)
            {
                return null;
            }
            if (Tools(file) is { Count: > 0 } found)
            {
                return found;
            }
        }
        string toolVersions = machine.Variable("MISE_DEFAULT_TOOL_VERSIONS_FILENAME") ?? ".tool-versions";
        return AsdfLocator.ToolVersions(machine, Path.Combine(folder, toolVersions)) is { Count: > 0 } listed ? listed
            : !idiomatic ? []
            : Idiomatic(machine, Path.Combine(folder, ".python-versions")) is { Count: > 0 } several ? several
            : Idiomatic(machine, Path.Combine(folder, ".python-version"));
    }

    private static IReadOnlyList<string> Idiomatic(Machine machine, string path) =>
        [.. (machine.Files.ReadText(path, 1 << 16) ?? "").Split('\n')
            .SelectMany(line => line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            .Select(version => version.StartsWith("python-", StringComparison.Ordinal) ? version["python-".Length..] : version)];

    private static bool ReadsPythonVersion(Machine machine, TomlTable?[] global) =>
        machine.Variable("MISE_IDIOMATIC_VERSION_FILE_ENABLE_TOOLS") is string variable
            ? variable.Split(',', StringSplitOptions.TrimEntries).Contains("python", StringComparer.Ordinal)
            : Array.Exists(global, file => Strings(file!.Find<object>("settings", EnableTools)).Contains("python", StringComparer.Ordinal));

    private static IEnumerable<string> Global(Machine machine)
    {
        string? config = machine.Variable("MISE_CONFIG_DIR") is string folder ? machine.Absolute(folder)
            : machine.Variable("XDG_CONFIG_HOME") is string xdg ? Path.Combine(machine.Absolute(xdg), "mise")
            : machine.Home is string home ? Path.Combine(home, ".config", "mise")
            : null;
        string system = machine.Variable("MISE_SYSTEM_CONFIG_DIR") ?? machine.Variable("MISE_SYSTEM_DIR") ?? "/etc/mise";
        IEnumerable<string> users =
            (machine.Variable("MISE_GLOBAL_CONFIG_FILE") ?? machine.Variable("MISE_CONFIG_FILE")) is string file ? [machine.Absolute(file)]
            : config is null ? []
            : [Path.Combine(config, "config.local.toml"), Path.Combine(config, "config.toml")];
        return users.Append(Path.Combine(machine.Absolute(system), "config.toml"));
    }

    // python = "3.12", python = ["3.12", "3.11"], python = { version = "3.12" }, and [tools.python] with a version.
    private static IReadOnlyList<string> Tools(TomlTable file) => Strings(file.Find<object>("tools", "python"));

    private static IReadOnlyList<string> Strings(object? value) => value switch
    {
        string one => [one],
        TomlTable table => Strings(table.GetValueOrDefault("version")),
        IEnumerable<object> several => [.. several.SelectMany(Strings)],
        _ => [],
    };

    // Null for a file that is not TOML: mise and its shims stop ("error parsing config file"). A missing one is empty.
    private static TomlTable? Read(Machine machine, string path) =>
        machine.Files.Read(path).Bytes is byte[] bytes ? TomlReader.Read(bytes) : [];
}
