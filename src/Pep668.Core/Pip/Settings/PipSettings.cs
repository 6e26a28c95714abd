using Pep668.Machines;
using Pep668.Text;

namespace Pep668.Pip.Settings;

/// <summary>
/// pip's configuration as the pip of one environment reads it, without running it
/// (<c>pip/_internal/configuration.py</c> and <c>cli/parser.py</c>, pip 10 and later): global, user's and environment's
/// files, that of <c>PIP_CONFIG_FILE</c>, variables; and <c>[global]</c>, then a command's own section, then
/// <c>:env:</c>.
/// </summary>
internal sealed class PipSettings
{
    private const string Global = "global";
    private const string Variables = ":env:";

    private readonly PipRelease _pip;
    private readonly Dictionary<string, PipSetting> _values = new(StringComparer.Ordinal);

    private PipSettings(PipRelease pip, IReadOnlyList<PipSetting> all, IReadOnlyList<string> problems)
    {
        _pip = pip;
        All = all;
        Problems = problems;
        foreach (PipSetting setting in all.OrderBy(setting => setting.Precedence))
        {
            _values[setting.FullKey] = setting;
        }
    }

    /// <summary>Every entry of every place, those that are overridden too; the strongest last.</summary>
    public IReadOnlyList<PipSetting> All { get; }

    /// <summary>Why pip would refuse to run at all, one for each file that ends it; it names the first.</summary>
    public IReadOnlyList<string> Problems { get; }

    /// <summary>What <c>pip config list</c> shows: each key once, with the value that counts among those of the same
    /// section.</summary>
    public IReadOnlyDictionary<string, PipSetting> Values => _values;

    /// <summary>Reads them.</summary>
    /// <param name="machine">Whose files and variables; below a root nothing of the host is used, and the user is
    /// root.</param>
    /// <param name="environment">The environment whose pip it is; null for those places that belong to none.</param>
    /// <param name="isolated">Whether pip is started with <c>--isolated</c>: no user's file and no variables.</param>
    public static PipSettings Read(Machine machine, PythonEnvironment? environment, bool isolated = false)
    {
        ArgumentNullException.ThrowIfNull(machine);
        return Read(machine, environment, UserFolders.Home(machine), isolated);
    }

    /// <summary>As <see cref="Read(Machine, PythonEnvironment?, bool)"/>, for the user of a home folder.</summary>
    internal static PipSettings Read(Machine machine, PythonEnvironment? environment, string? home, bool isolated = false)
    {
        var all = new List<PipSetting>();
        var problems = new List<string>();
        int number = 0;
        foreach (PipConfigFile file in new PipConfigFiles(machine, environment, home).List(isolated))
        {
            number++;
            PipConfigContent content = PipConfigReader.Read(machine, file.Path, environment);
            if (content.Problem is not null)
            {
                problems.Add(content.Problem);
            }
            all.AddRange(content.Options.Select(option =>
                new PipSetting(file.Source, file.Path, option.Section, PipText.NormalizeName(option.Key), option.Value, 0)
                {
                    Name = option.Section + "." + option.Key, File = number,
                }));
        }
        if (!isolated)
        {
            all.AddRange(FromVariables(machine));
        }
        // Which section matters more than which file. The sort keeps the order of what is equal.
        PipSetting[] ordered = [.. all.OrderBy(SectionRank).Select((setting, index) => setting with { Precedence = index + 1 })];
        return new(PipRelease.Parse(environment?.PipVersion), ordered, problems);
    }

    /// <summary>What decides an option of a command; null when nothing sets it. An empty value leaves it to the weaker
    /// sections.</summary>
    /// <param name="command">pip's command: <c>install</c>.</param>
    /// <param name="key">The option's long name: <c>break-system-packages</c>.</param>
    public PipSetting? Effective(string command, string key) => Deciding(command, key).LastOrDefault();

    /// <summary>An option that is on or off. pip judges the value in every section, also where a stronger one
    /// decides.</summary>
    public PipSwitch Switch(string command, string key)
    {
        PipSwitch result = default;
        foreach (PipSetting setting in Deciding(command, key))
        {
            TruthValue value = TruthText.Parse(setting.Value);
            if (value == TruthValue.Invalid)
            {
                return new(false, setting, Invalid(setting));
            }
            result = new(value == TruthValue.True, setting, null);
        }
        return result;
    }

    /// <summary>An option that is counted.</summary>
    public PipCount Count(string command, string key)
    {
        PipCount result = default;
        foreach (PipSetting setting in Deciding(command, key))
        {
            if (PipText.Count(setting.Value, _pip.CountsNumbers) is not int value)
            {
                return new(0, setting, Invalid(setting));
            }
            result = new(value, setting, null);
        }
        return result;
    }

    private IEnumerable<PipSetting> Deciding(string command, string key)
    {
        string name = PipText.NormalizeName(key);
        foreach (string section in ((string[])[Global, command, Variables]).Distinct(StringComparer.Ordinal))
        {
            string full = section + "." + name;
            foreach (PipSetting setting in _pip.SetsFileByFile
                ? OfEachFile(full)
                : _values.TryGetValue(full, out PipSetting? one) ? [one] : [])
            {
                if (setting.Value.Length > 0)
                {
                    yield return setting;
                }
            }
        }
    }

    private IEnumerable<PipSetting> OfEachFile(string full) =>
        All.Where(setting => string.Equals(setting.FullKey, full, StringComparison.Ordinal)).GroupBy(setting => setting.File)
            .Select(file => file.Last());

    private static int SectionRank(PipSetting setting) => setting.Section switch { Global => 0, Variables => 2, _ => 1 };

    // get_environ_vars: also PIP_name in lower case, which Windows does not tell apart; PIP_VERSION and PIP_HELP mean
    // something else. Of two spellings of one key pip takes the later in the process's block of variables; .NET keeps
    // no order, so which one that is cannot be known here.
    private static IEnumerable<PipSetting> FromVariables(Machine machine)
    {
        foreach ((string name, string value) in machine.Variables)
        {
            string variable = machine.Platform == Platform.Windows ? name.ToUpperInvariant() : name;
            if (variable.StartsWith("PIP_", StringComparison.Ordinal)
                && Text.PythonText.Lower(variable.AsSpan(4)) is not ("version" or "help"))
            {
                yield return new(PipOverrideSource.EnvironmentVariable, null, Variables, PipText.NormalizeName(variable[4..]), value,
                    0) { Name = name };
            }
        }
    }

    private static string Invalid(PipSetting setting) =>
        $"pip cannot read {(setting.Path is null ? "the environment variable " + setting.Name : $"'{setting.Path}' ({setting.Name})")}: " +
        $"'{setting.Value}' is not a valid value for {setting.Key}.";
}
