using Pep668.Distros;
using Pep668.Machines;
using Pep668.Shells;

namespace Pep668.Advice;

/// <summary>Finds the ways out of a refusal that this machine has, from its files.</summary>
/// <param name="machine">Where it happens.</param>
/// <param name="intent">What was refused.</param>
internal sealed class InstallAdvice(Machine machine, InstallIntent intent)
{
    private static readonly (string File, string Tool, string Install, string Remove)[] ProjectTools =
    [
        ("uv.lock", "uv", "add", "remove"), ("poetry.lock", "poetry", "add", "remove"), ("Pipfile", "pipenv", "install", "uninstall"),
        ("pdm.lock", "pdm", "add", "remove"),
    ];

    private bool Installs => !intent.Removes;

    private string Cmdlet => Installs ? "Invoke-PipInstall" : "Invoke-PipUninstall";

    private string Subcommand => Installs ? "pep668 install" : "pep668 uninstall";

    /// <summary>The ways out of a refusal, the best first and the override last.</summary>
    /// <param name="hasOverride">Whether going ahead anyway is possible.</param>
    internal IReadOnlyList<RefusalAdvice> Build(bool hasOverride)
    {
        var advice = new List<RefusalAdvice>();
        if (Project() is RefusalAdvice project)
        {
            advice.Add(project);
        }
        else if (Venv() is RefusalAdvice venv)
        {
            advice.Add(venv);
        }
        advice.AddRange(DistroPackages());
        advice.AddRange(Applications());
        if (hasOverride)
        {
            advice.Add(new(AdviceRoute.Override, Command(" -BreakSystemPackages"), CompanionCommand(" --break-system-packages --force"),
                "only on a machine that can be thrown away"));
        }
        return advice;
    }

    /// <summary>For an environment that may be changed, when only the place is wrong: the same without it.</summary>
    internal RefusalAdvice Within(PythonEnvironment environment) => new(
        AdviceRoute.Venv, PowerShell(" -Environment " + CommandText.PowerShell(environment.Prefix)),
        Companion(" --environment " + CommandText.PosixWords([environment.Prefix])), "into the virtual environment itself");

    // The lock says which tool keeps the project; pyproject.toml alone does not.
    private RefusalAdvice? Project()
    {
        foreach ((string file, string tool, string install, string remove) in ProjectTools)
        {
            if (machine.Files.IsFile(Path.Combine(machine.CurrentDirectory, file))
                && (file is "Pipfile" || machine.Files.IsFile(Path.Combine(machine.CurrentDirectory, "pyproject.toml"))))
            {
                string[] words = [tool, Installs ? install : remove, .. intent.Packages, .. ProjectFiles(tool)];
                return new(AdviceRoute.ProjectTool, CommandText.PowerShellWords(words), CommandText.PosixWords(words),
                    $"this folder is a project of {tool} ({file})");
            }
        }
        return null;
    }

    private IEnumerable<string> ProjectFiles(string tool) => (tool, Installs) switch
    {
        (_, false) or ("pdm", _) => [],
        ("poetry", _) => intent.Editables.SelectMany(one => (string[])["--editable", one]),
        ("uv", _) => [.. intent.Requirements.SelectMany(one => (string[])["-r", one]),
            .. intent.Editables.SelectMany(one => (string[])["--editable", one])],
        _ =>
            [.. intent.Requirements.SelectMany(one => (string[])["-r", one]), .. intent.Editables.SelectMany(one => (string[])["-e", one])],
    };

    private RefusalAdvice? Venv()
    {
        bool isThere = machine.Files.IsFile(Path.Combine(machine.CurrentDirectory, ".venv", "pyvenv.cfg"));
        if (isThere)
        {
            return new(AdviceRoute.Venv, PowerShell(" -Environment ./.venv"), Companion(" --environment ./.venv"),
                "the virtual environment of this folder");
        }
        return !Installs ? null
            : new(AdviceRoute.Venv, Unset("Remove-Item Env:") + "New-PythonVenv .venv | " + Command(""), Unset("unset ") +
                "pep668 venv .venv && " + CompanionCommand(" --environment ./.venv"), "a virtual environment in this folder");
    }

    private IEnumerable<RefusalAdvice> DistroPackages()
    {
        string?[] known = [.. intent.Names.Select(name => name is null ? null : DebianPackages.Find(machine.Files, name))];
        if (known.Length == 0 || Array.Exists(known, one => one is null))
        {
            return [];
        }
        string command = $"{(machine.UserId == 0 ? "" : "sudo ")}apt {(Installs ? "install" : "remove")} {string.Join(' ', known)}";
        return [new(AdviceRoute.DistroPackage, command, command,
            known.Length == 1 ? "the distribution's own package" : "the distribution's own packages")];
    }

    private IEnumerable<RefusalAdvice> Applications()
    {
        if (intent.Packages.Count == 0 || intent.Editables.Count > 0 || intent.Requirements.Count > 0)
        {
            yield break;
        }
        string verb = Installs ? "install" : "uninstall";
        if (OnPath("pipx"))
        {
            string[] words = ["pipx", verb, .. intent.Packages];
            yield return new(AdviceRoute.Pipx, CommandText.PowerShellWords(words), CommandText.PosixWords(words), "for applications");
        }
        if (OnPath("uv"))
        {
            // uv's takes one at a time.
            yield return new(
                AdviceRoute.UvTool,
                string.Join("; ", intent.Packages.Select(one => CommandText.PowerShellWords(["uv", "tool", verb, one]))),
                string.Join(" && ", intent.Packages.Select(one => CommandText.PosixWords(["uv", "tool", verb, one]))), "for applications");
        }
    }

    private bool OnPath(string program) => machine.SearchPath().Any(folder => machine.Files.IsExecutable(
        Path.Combine(folder, machine.Platform == Platform.Windows ? program + ".exe" : program)));

    private string PowerShell(string end) => Unset("Remove-Item Env:") + Command(end);

    private string Companion(string end) => Unset("unset ") + CompanionCommand(end);

    private string Unset(string how) => intent.VariableToUnset is null ? "" : $"{how}{intent.VariableToUnset}; ";

    private string Command(string end)
    {
        string packages = intent.Packages.Count == 0 ? "" : " " + CommandText.PowerShellList(intent.Packages);
        return Cmdlet + packages + Parameter(" -Requirement ", intent.Requirements) + (Installs
            ? Parameter(" -Constraint ", intent.Constraints) + Parameter(" -Editable ", intent.Editables) +
                (intent.Upgrade ? " -Upgrade" : "") : "") + end;

        static string Parameter(string name, IReadOnlyCollection<string> values) =>
            values.Count == 0 ? "" : name + CommandText.PowerShellList(values);
    }

    private string CompanionCommand(string end)
    {
        List<string> words = [.. intent.Packages];
        Add("--requirement", intent.Requirements);
        if (Installs)
        {
            Add("--constraint", intent.Constraints);
            Add("--editable", intent.Editables);
        }
        return $"{Subcommand} {CommandText.PosixWords(words)}{(Installs && intent.Upgrade ? " --upgrade" : "")}{end}";

        void Add(string name, IEnumerable<string> values) => words.AddRange(values.SelectMany(value => (string[])[name, value]));
    }
}
