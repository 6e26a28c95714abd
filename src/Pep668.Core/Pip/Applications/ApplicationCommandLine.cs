using Pep668.Machines;
using Pep668.Pip.Requests;

namespace Pep668.Pip.Applications;

/// <summary>
/// The arguments and variables of pipx or <c>uv tool</c>. The user's virtual environment has no influence on them: a
/// variable that leads pip to another folder would put the packages there.
/// </summary>
internal static class ApplicationCommandLine
{
    // What activation scripts set, and what changes where Python and pip look and write. pipx removes some of them.
    private static readonly string[] Removed =
    [
        "VIRTUAL_ENV", "VIRTUAL_ENV_PROMPT", "CONDA_PREFIX", "CONDA_DEFAULT_ENV", "PYTHONHOME", "PYTHONPATH", "__PYVENV_LAUNCHER__",
        "PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "PIP_PYTHON", "PIP_REQUIRE_VIRTUALENV",
        // Colours are for terminals.
        "FORCE_COLOR", "CLICOLOR_FORCE",
    ];

    /// <summary>The arguments of a run.</summary>
    internal static IReadOnlyList<string> Arguments(ApplicationJob job) =>
    [
        .. Command(job), .. job.Installer == PythonApplicationInstaller.Uv ? (string[])["--no-progress", "--color", "never"] : [],
        .. job.Python is null ? (string[])[] : ["--python", job.Python.Executable],
        // uv takes --force for commands of other programs alone.
        .. !job.Force ? (string[])[] : job.Installer == PythonApplicationInstaller.Uv ? ["--force", "--reinstall"] : ["--force"],
        job.Package is null ? job.Application!.Name : Text(job.Package),
    ];

    /// <summary>What a user would type for the same, with all output.</summary>
    internal static ProgramStep Verbose(ApplicationJob job) =>
        new([job.Tool, .. Command(job), "--verbose", job.Package?.Redacted ?? job.Application!.Name]);

    /// <summary>All variables of a run.</summary>
    internal static Dictionary<string, string> Variables(Machine machine, ApplicationJob job)
    {
        bool isWindows = machine.Platform == Platform.Windows;
        var variables = new Dictionary<string, string>(machine.Variables, isWindows ? StringComparer.OrdinalIgnoreCase
            : StringComparer.Ordinal);
        foreach (string name in Removed)
        {
            variables.Remove(name);
        }
        variables["PATH"] = string.Join(isWindows ? ';' : ':', SearchPath(machine));
        variables["NO_COLOR"] = "1";
        variables["USE_EMOJI"] = "0";
        variables["PIP_NO_INPUT"] = "1";
        variables.TryAdd("PYTHONIOENCODING", "utf-8");
        // The warning for root is about a system's Python.
        variables.TryAdd("PIP_ROOT_USER_ACTION", "ignore");
        if (job.Application is InstalledApplication existing)
        {
            AddPlaces(variables, existing);
        }
        return variables;
    }

    /// <summary>The folders of PATH without that of the active virtual environment.</summary>
    internal static IReadOnlyList<string> SearchPath(Machine machine)
    {
        string? active = machine.Variable("VIRTUAL_ENV");
        string? scripts = active is null || !Path.IsPathRooted(active) ? null
            : Path.GetFullPath(ApplicationFolders.Scripts(machine, Path.TrimEndingDirectorySeparator(active)));
        return [.. machine.SearchPath().Where(folder => !string.Equals(folder, scripts, HostPlatform.PathComparison))];
    }

    // The home of an application need not be the one that this version of pipx uses: it was ~/.local/pipx until 1.2,
    // and that of all users has an option of its own from 1.5 on.
    private static void AddPlaces(Dictionary<string, string> variables, InstalledApplication existing)
    {
        bool isUv = existing.Application.Installer == PythonApplicationInstaller.Uv;
        variables[isUv ? "UV_TOOL_DIR" : "PIPX_HOME"] = existing.Home;
        if (existing.CommandFolder is string folder)
        {
            variables[isUv ? "UV_TOOL_BIN_DIR" : "PIPX_BIN_DIR"] = folder;
        }
        if (existing.IsGlobal)
        {
            variables["PIPX_MAN_DIR"] = variables.GetValueOrDefault("PIPX_GLOBAL_MAN_DIR", "/usr/local/share/man");
        }
    }

    private static string[] Command(ApplicationJob job)
    {
        string action = job.Action switch
        {
            ApplicationAction.Install => "install",
            ApplicationAction.Update => "upgrade",
            _ => "uninstall",
        };
        return job.Installer == PythonApplicationInstaller.Uv ? ["tool", action] : [action];
    }

    // The program does not run in the current folder.
    private static string Text(PipTarget package) =>
        package.Path is string path ? path + (package.Extras.IsEmpty ? "" : $"[{string.Join(',', package.Extras)}]") : package.Text;
}
