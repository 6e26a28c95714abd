using Pep668.Machines;

namespace Pep668.Pip.Settings;

/// <summary>How a setting of pip or uv is removed, as a step of a remedy.</summary>
internal static class SettingRemoval
{
    /// <summary>The step; null where no command removes it: below a root, or where a file has it in another form than
    /// one line.</summary>
    /// <param name="machine">Where it is.</param>
    /// <param name="source">Its kind of place.</param>
    /// <param name="path">The file; null for a variable.</param>
    /// <param name="name">The variable, or section and key.</param>
    /// <param name="environment">The environment whose pip reads it; null if none was found.</param>
    internal static RemedyStep? Step(Machine machine, PipOverrideSource source, string? path, string name, PythonEnvironment? environment)
    {
        if (machine.IsImage)
        {
            return null;
        }
        if (path is null)
        {
            return new UnsetVariableStep(name);
        }
        string? scope = source switch
        {
            PipOverrideSource.GlobalFile => "--global",
            PipOverrideSource.UserFile => "--user",
            PipOverrideSource.SiteFile => "--site",
            _ => null,
        };
        // pip config changes only the last file of a kind (Configuration._get_parser_to_modify).
        if (scope is not null && environment?.PipVersion is not null
            && string.Equals(new PipConfigFiles(machine, environment, UserFolders.Home(machine)).List(isolated: false)
                .LastOrDefault(one => one.Source == source)?.Path, path, StringComparison.Ordinal))
        {
            return new ProgramStep(environment.Executable, "-m", "pip", "config", scope, "unset", name)
            {
                NeedsRoot = source == PipOverrideSource.GlobalFile && machine.UserId != 0,
            };
        }
        string key = name[(name.LastIndexOf('.') + 1)..];
        return machine.Platform == Platform.Windows || Lines(machine, path).Count(line => IsSetting(line, key)) != 1 ? null
            : new ProgramStep("sed", "-i.bak", $"/^[[:space:]]*\\(pip\\.\\)\\{{0,1\\}}{key}[[:space:]]*[=:]/d", path)
            {
                NeedsRoot = machine.UserId != 0 && machine.Files.Stat(path).Owner != machine.UserId,
            };
    }

    private static string[] Lines(Machine machine, string path) => machine.Files.ReadText(path)?.Split('\n') ?? [];

    private static bool IsSetting(string line, string key)
    {
        string text = line.TrimStart();
        text = text.StartsWith("pip.", StringComparison.Ordinal) ? text[4..] : text;
        return text.StartsWith(key, StringComparison.Ordinal) && text[key.Length..].TrimStart() is ['=' or ':', ..];
    }
}
