using Pep668.Environments;
using Pep668.Machines;
using Pep668.Pip.Settings;

namespace Pep668.Tests.Pip.Settings;

/// <summary>The configuration of pip, compared with what the real pip reads.</summary>
public sealed class PipSettingsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-pip-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>The pips that come with interpreters, and others where the variable names their wheels
    /// (<c>pip-VERSION-…</c>, which may be folders).</summary>
    public static TheoryData<string, string?> Pips()
    {
        var pips = new TheoryData<string, string?>();
        foreach (string python in TestExtent.Some<string>(["2.7", "3.6", "managed", "newest"], ["3.7", "previous"]))
        {
            pips.Add(python, null);
        }
        foreach (string wheel in (Environment.GetEnvironmentVariable("PEP668_PIP_WHEELS") ?? "").Split(Path.PathSeparator,
            StringSplitOptions.RemoveEmptyEntries))
        {
            pips.Add(int.Parse(VersionOf(wheel).Split('.')[0], System.Globalization.CultureInfo.InvariantCulture) < 23 ? "3.7" : "newest",
                wheel);
        }
        return pips;
    }

    [Theory]
    [MemberData(nameof(Pips))]
    public void Settings_equal_those_that_pip_reads(string name, string? wheel) => RandomSeed.Fixed(668).Run(seed =>
    {
        PythonEnvironment environment = PythonOf(name, wheel);
        IReadOnlyList<PipCase> cases = new PipWorlds(_folder, seed).Make(80);
        IReadOnlyList<PipSettingsResult> verdicts =
            PipSettingsOracle.Ask(environment.Executable, wheel, cases, new Dictionary<string, string> { ["LC_ALL"] = "C.UTF-8" });
        // Not every pip has every option in every command; an option that it does not have is not compared.
        Dictionary<string, string[]> known = verdicts.SelectMany(verdict => verdict.Commands).Where(command => command.Value is not null)
            .DistinctBy(command => command.Key, StringComparer.Ordinal).ToDictionary(command => command.Key,
                command => command.Value!.Keys.Order(StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);
        string[] differences = [.. cases.Zip(verdicts, (one, verdict) => Difference(one, verdict, known, environment)).OfType<string>()];
        Assert.True(differences.Length == 0, $"{differences.Length} of {cases.Count}:\n{string.Join('\n', differences.Take(5))}");

        // An oracle that always refuses, or never, would prove nothing.
        Assert.InRange(verdicts.Count(verdict => verdict.Values is null), 1, cases.Count / 2);
        Assert.InRange(verdicts.Count(verdict => verdict.Commands["install"]?["user"] == 1), 10, cases.Count - 10);
    });

    private static string? Difference(
        PipCase one, PipSettingsResult verdict, Dictionary<string, string[]> known, PythonEnvironment environment)
    {
        var machine = new Machine
        {
            Files = FileTree.Host,
            Variables = one.Variables,
            Platform = Platform.Linux,
            Home = one.Variables["HOME"],
            CurrentDirectory = one.Folder,
        };
        PipSettings settings = PipSettings.Read(machine,
            one.Prefix is null ? environment : environment with { Prefix = one.Prefix, IsVirtual = true }, one.Isolated);
        string expected = verdict.Values is null ? "stops" : Show(verdict.Values);
        string actual = settings.Problems.Count > 0
            ? "stops"
            : Show(settings.Values.ToDictionary(pair => pair.Key, pair => pair.Value.Value, StringComparer.Ordinal));
        foreach (string command in (string[])["install", "uninstall"])
        {
            Dictionary<string, int>? options = verdict.Commands[command];
            string answer = options is null
                ? "stops"
                : string.Join(' ', options.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}={pair.Value}"));
            expected += $"\n  {command}: {answer}";
            actual += $"\n  {command}: {Show(settings, command, known[command])}";
        }
        return string.Equals(expected, actual, StringComparison.Ordinal) ? null
            : $"{one.Name}{(one.Isolated ? " isolated" : "")} {Show(one.Variables)}\n  pip: {expected}\n  we:  {actual}";
    }

    private static string Show(PipSettings settings, string command, IEnumerable<string> options)
    {
        if (settings.Problems.Count > 0)
        {
            return "stops";
        }
        var shown = new List<string>();
        foreach (string option in options)
        {
            (int value, string? problem) = option is "verbose"
                ? settings.Count(command, option) is var count ? (count.Value, count.Problem) : default
                : settings.Switch(command, option) is var state ? (state.Value ? 1 : 0, state.Problem) : default;
            if (problem is not null)
            {
                return "stops";
            }
            shown.Add($"{option}={value}");
        }
        return string.Join(' ', shown);
    }

    private static string Show(IReadOnlyDictionary<string, string> values) =>
        string.Join(", ", values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}='{pair.Value}'"));

    private static PythonEnvironment PythonOf(string name, string? wheel)
    {
        PythonEnvironment environment =
            new EnvironmentReader(FileTree.Host).Read(Interpreters.Need(name, Needs.Pip).Executable).Environment!;
        return wheel is null ? environment : environment with { PipVersion = VersionOf(wheel) };
    }

    private static string VersionOf(string wheel) => Path.GetFileName(wheel).Split('-')[1];
}
