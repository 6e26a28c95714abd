using Pep668.Distros;
using Pep668.Machines;
using Pep668.Pip.Requests;
using Pep668.Shells;

namespace Pep668.Advice;

/// <summary>Finds the ways out of a refusal that this machine has, from its files.</summary>
/// <param name="machine">Where it happens.</param>
/// <param name="request">What was refused.</param>
/// <param name="variable">The variable that led to the refusal, and must go for every other way; null when none did.</param>
internal sealed class InstallAdvice(Machine machine, PipRequest request, string? variable = null)
{
    private static readonly (string File, string Tool, string Install, string Remove)[] ProjectTools =
    [
        ("uv.lock", "uv", "add", "remove"), ("poetry.lock", "poetry", "add", "remove"), ("Pipfile", "pipenv", "install", "uninstall"), ("pdm.lock", "pdm", "add", "remove"),
    ];

    private readonly string[] _packages = [.. request.Packages.Select(one => one.Redacted)];
    private readonly string[] _editables = [.. request.Editables.Select(one => one.Redacted)];

    private bool Installs => request.Action == PipAction.Install;

    private string Cmdlet => Installs ? "Invoke-PipInstall" : "Invoke-PipUninstall";

    private string Subcommand => Installs ? "pep668 install" : "pep668 uninstall";

    /// <summary>The ways out of a refusal, the best first and the override last.</summary>
    /// <param name="hasOverride">Whether going ahead all the same is possible.</param>
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
            advice.Add(new(AdviceRoute.Override, Command(" -BreakSystemPackages"), CompanionCommand(" --break-system-packages --force"), "only on a machine that can be thrown away"));
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
                string[] words = [tool, Installs ? install : remove, .. _packages, .. ProjectFiles(tool)];
                return new(AdviceRoute.ProjectTool, CommandText.PowerShellWords(words), CommandText.PosixWords(words), $"this folder is a project of {tool} ({file})");
            }
        }
        return null;
    }

    private IEnumerable<string> ProjectFiles(string tool) => (tool, Installs) switch
    {
        (_, false) or ("pdm", _) => [],
        ("poetry", _) => _editables.SelectMany(one => (string[])["--editable", one]),
        ("uv", _) => [.. request.Requirements.SelectMany(one => (string[])["-r", one]), .. _editables.SelectMany(one => (string[])["--editable", one])],
        _ => [.. request.Requirements.SelectMany(one => (string[])["-r", one]), .. _editables.SelectMany(one => (string[])["-e", one])],
    };

    private RefusalAdvice? Venv()
    {
        bool isThere = machine.Files.IsFile(Path.Combine(machine.CurrentDirectory, ".venv", "pyvenv.cfg"));
        if (isThere)
        {
            return new(AdviceRoute.Venv, PowerShell(" -Environment ./.venv"), Companion(" --environment ./.venv"), "the virtual environment of this folder");
        }
        return !Installs ? null
            : new(AdviceRoute.Venv, Unset("Remove-Item Env:") + "New-PythonVenv .venv | " + Command(""), Unset("unset ") + "pep668 venv .venv && " + CompanionCommand(" --environment ./.venv"), "a virtual environment in this folder");
    }

    private IEnumerable<RefusalAdvice> DistroPackages()
    {
        string[] names = [.. request.Packages.Select(one => one.NormalizedName).OfType<string>()];
        string?[] known = [.. names.Select(name => DebianPackages.Find(machine.Files, name))];
        if (names.Length == 0 || names.Length != request.Packages.Count || Array.Exists(known, one => one is null))
        {
            return [];
        }
        string command = $"{(machine.UserId == 0 ? "" : "sudo ")}apt {(Installs ? "install" : "remove")} {string.Join(' ', known)}";
        return [new(AdviceRoute.DistroPackage, command, command, known.Length == 1 ? "the distribution's own package" : "the distribution's own packages")];
    }

    private IEnumerable<RefusalAdvice> Applications()
    {
        if (_packages.Length == 0 || _editables.Length > 0 || request.Requirements.Count > 0)
        {
            yield break;
        }
        string verb = Installs ? "install" : "uninstall";
        if (OnPath("pipx"))
        {
            string[] words = ["pipx", verb, .. _packages];
            yield return new(AdviceRoute.Pipx, CommandText.PowerShellWords(words), CommandText.PosixWords(words), "for applications");
        }
        if (OnPath("uv"))
        {
            // uv's takes one at a time.
            yield return new(
                AdviceRoute.UvTool, string.Join("; ", _packages.Select(one => CommandText.PowerShellWords(["uv", "tool", verb, one]))),
                string.Join(" && ", _packages.Select(one => CommandText.PosixWords(["uv", "tool", verb, one]))), "for applications");
        }
    }

    private bool OnPath(string program) => machine.SearchPath().Any(folder => machine.Files.IsExecutable(
        Path.Combine(folder, machine.Platform == Platform.Windows ? program + ".exe" : program)));

    private string PowerShell(string end) => Unset("Remove-Item Env:") + Command(end);

    private string Companion(string end) => Unset("unset ") + CompanionCommand(end);

    private string Unset(string how) => variable is null ? "" : $"{how}{variable}; ";

    private string Command(string end)
    {
        string packages = _packages.Length == 0 ? "" : " " + CommandText.PowerShellList(_packages);
        return Cmdlet + packages + Parameter(" -Requirement ", request.Requirements) + (Installs
            ? Parameter(" -Constraint ", request.Constraints) + Parameter(" -Editable ", _editables) + (request.Upgrade ? " -Upgrade" : "") : "") + end;

        static string Parameter(string name, IReadOnlyCollection<string> values) => values.Count == 0 ? "" : name + CommandText.PowerShellList(values);
    }

    private string CompanionCommand(string end)
    {
        List<string> words = [.. _packages];
        Add("--requirement", request.Requirements);
        if (Installs)
        {
            Add("--constraint", request.Constraints);
            Add("--editable", _editables);
        }
        return $"{Subcommand} {CommandText.PosixWords(words)}{(Installs && request.Upgrade ? " --upgrade" : "")}{end}";

        void Add(string name, IEnumerable<string> values) => words.AddRange(values.SelectMany(value => (string[])[name, value]));
    }
}
