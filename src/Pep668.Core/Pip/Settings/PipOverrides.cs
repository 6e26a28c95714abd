using Pep668.Machines;

namespace Pep668.Pip.Settings;

/// <summary>What was found, and what is in the way of it.</summary>
/// <param name="Overrides">Every place that sets <c>break-system-packages</c>: pip's, then uv's, of each the strongest
/// first.</param>
/// <param name="Problems">Why pip or uv would stop with an error, in words.</param>
internal sealed record PipOverrideList(IReadOnlyList<PipOverride> Overrides, IReadOnlyList<string> Problems);

/// <summary>Finds every place that switches the protection of PEP 668 off, or sets the option that would.</summary>
internal static class PipOverrides
{
    private const string Key = "break-system-packages";
    private static readonly string[] Commands = ["install", "uninstall"];

    /// <summary>Finds them. Nothing is run.</summary>
    /// <param name="machine"> Where to look. Below a root, whose user nobody is, the files of every user count, each
    /// for that user; and no project's. </param>
    /// <param name="environment">The environment whose pip is asked about; null to leave its own file out and to assume
    /// a newest pip.</param>
    public static PipOverrideList Find(Machine machine, PythonEnvironment? environment)
    {
        ArgumentNullException.ThrowIfNull(machine);
        string?[] homes = machine.IsImage ? [.. machine.Homes().Distinct(StringComparer.Ordinal)] : [UserFolders.Home(machine)];
        var pip = new List<PipOverride>();
        var uv = new List<PipOverride>();
        var problems = new List<string>();
        foreach (string? home in homes)
        {
            Merge(pip, OfPip(machine, PipSettings.Read(machine, environment, home), environment, problems));
            Merge(uv, OfUv(machine, UvSettings.Read(machine, home), environment, problems));
        }
        return new([.. Numbered(pip), .. Numbered(uv)], [.. problems.Distinct(StringComparer.Ordinal)]);
    }

    /// <summary>How a place that sets the option is cleared.</summary>
    internal static IReadOnlyList<Remedy> Remedies(
        Machine machine, PythonEnvironment? environment, PipOverrideSource source, string? path, string name) =>
        SettingRemoval.Step(machine, source, path, name, environment) is RemedyStep step
            ? [new(path is null ? "removes it from this session" : "removes it from the file", step)] : [];

    private static IEnumerable<PipOverride> OfPip(
        Machine machine, PipSettings settings, PythonEnvironment? environment, List<string> problems)
    {
        problems.AddRange(settings.Problems);
        var effective = new HashSet<PipSetting>();
        if (PipRelease.Parse(environment?.PipVersion).HasOverride)
        {
            foreach (PipSwitch one in Commands.Select(command => settings.Switch(command, Key)))
            {
                if (one.Problem is not null)
                {
                    problems.Add(one.Problem);
                }
                else if (one.Value && settings.Problems.Count == 0)
                {
                    effective.Add(one.Setting!);
                }
            }
        }
        return settings.All.Reverse().Where(setting => setting.Key is Key).Select(setting =>
            new PipOverride("pip", setting.Source, setting.Path, setting.Name, setting.Value)
            {
                IsEffective = effective.Contains(setting),
                Remedies = Remedies(machine, environment, setting.Source, setting.Path, setting.Name),
            });
    }

    private static IEnumerable<PipOverride> OfUv(Machine machine, UvSettings settings, PythonEnvironment? environment,
        List<string> problems)
    {
        problems.AddRange(settings.Problems);
        return settings.All.Select(setting =>
            new PipOverride("uv", setting.Path is null ? PipOverrideSource.EnvironmentVariable : PipOverrideSource.UvFile, setting.Path,
                setting.Name, setting.Value)
            {
                IsEffective = settings.Overrides && setting == settings.Effective,
                Remedies = Remedies(machine, environment, PipOverrideSource.UvFile, setting.Path, setting.Name),
            });
    }

    // What several users share stands once; it is in force when it is for one of them.
    private static void Merge(List<PipOverride> known, IEnumerable<PipOverride> found)
    {
        int at = 0;
        foreach (PipOverride one in found)
        {
            int same = known.FindIndex(other => other with { IsEffective = one.IsEffective, Remedies = one.Remedies } == one);
            if (same < 0)
            {
                known.Insert(at++, one);
                continue;
            }
            known[same] = known[same] with { IsEffective = known[same].IsEffective || one.IsEffective };
            at = same + 1;
        }
    }

    private static IEnumerable<PipOverride> Numbered(List<PipOverride> overrides) =>
        overrides.Select((one, index) => one with { Precedence = index + 1 });
}
