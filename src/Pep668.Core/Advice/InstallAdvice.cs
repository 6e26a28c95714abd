using Pep668.Distros;
using Pep668.Machines;

namespace Pep668.Advice;

/// <summary>Finds the alternatives to a refused change that this machine has, from its files.</summary>
/// <param name="machine">Where it happens.</param>
/// <param name="intent">What was refused.</param>
internal sealed class InstallAdvice(Machine machine, InstallIntent intent)
{
    private static readonly (string File, string Tool, string Install, string Remove)[] ProjectTools =
    [
        ("uv.lock", "uv", "add", "remove"), ("poetry.lock", "poetry", "add", "remove"), ("Pipfile", "pipenv", "install", "uninstall"),
        ("pdm.lock", "pdm", "add", "remove"),
    ];

    private static readonly string[] VenvFolders = [".venv", "venv", "env", ".env"];

    private bool Installs => !intent.Removes;

    /// <summary>The alternatives, best first.</summary>
    internal IReadOnlyList<Remedy> Build() =>
        [.. Project() is Remedy project ? [project] : Venv(), .. DistroPackages(), .. Applications()];

    /// <summary>The alternatives that use a virtual environment or the tool of a project.</summary>
    internal IReadOnlyList<Remedy> BuildVirtual() =>
        [.. Build().Where(one => one.Route is AdviceRoute.Venv or AdviceRoute.ProjectTool)];

    /// <summary>The same change in the environment itself, for one that is not managed: only its destination was
    /// wrong.</summary>
    internal Remedy Within(PythonEnvironment environment) => new("in the virtual environment itself",
        [.. intent.Before, intent.Command.With(ProductParameter.Environment, environment.Prefix)]) { Route = AdviceRoute.Venv };

    // The lock file identifies the tool; pyproject.toml alone does not.
    private Remedy? Project()
    {
        if (intent.NamesIndex || (Installs && intent.Values(ProductParameter.ArgumentList).Count > 0))
        {
            return null;
        }
        foreach ((string file, string tool, string install, string remove) in ProjectTools)
        {
            if (machine.Files.IsFile(Path.Combine(machine.CurrentDirectory, file))
                && (file is "Pipfile" || machine.Files.IsFile(Path.Combine(machine.CurrentDirectory, "pyproject.toml"))))
            {
                return new($"this folder is a {tool} project ({file})",
                    new ProgramStep([tool, Installs ? install : remove, .. intent.Packages, .. ProjectFiles(tool)]))
                {
                    Route = AdviceRoute.ProjectTool,
                };
            }
        }
        return null;
    }

    private IEnumerable<string> ProjectFiles(string tool) => (tool, Installs) switch
    {
        (_, false) or ("pdm", _) => [],
        ("poetry", _) => Options("--editable", ProductParameter.Editable),
        ("uv", _) => [.. Options("-r", ProductParameter.Requirement), .. Options("--editable", ProductParameter.Editable)],
        _ => [.. Options("-r", ProductParameter.Requirement), .. Options("-e", ProductParameter.Editable)],
    };

    private IEnumerable<string> Options(string option, ProductParameter parameter) =>
        intent.Values(parameter).SelectMany(value => (string[])[option, value]);

    private IEnumerable<Remedy> Venv()
    {
        if (VenvFolders.FirstOrDefault(IsUsable) is string existing)
        {
            yield return new("in the virtual environment of this folder",
                [.. intent.Before, intent.Command.With(ProductParameter.Environment, "./" + existing)]) { Route = AdviceRoute.Venv };
        }
        else if (Installs && VenvFolders.FirstOrDefault(IsFree) is string folder)
        {
            yield return new("virtual environment in this folder",
            [
                .. intent.Before, new ProductStep(ProductCommand.CreateVenv).With(ProductParameter.Path, folder),
                intent.Command.With(ProductParameter.Environment, "./" + folder) with { IsPiped = true },
            ]) { Route = AdviceRoute.Venv };
        }
    }

    private bool IsUsable(string folder)
    {
        string path = Path.Combine(machine.CurrentDirectory, folder);
        return machine.Files.IsFile(Path.Combine(path, "pyvenv.cfg")) && machine.Files.IsExecutable(machine.Platform == Platform.Windows
            ? Path.Combine(path, "Scripts", "python.exe") : Path.Combine(path, "bin", "python"));
    }

    private bool IsFree(string folder) =>
        machine.Files.LinkStat(Path.Combine(machine.CurrentDirectory, folder)).Kind == FileKind.Missing;

    private IEnumerable<Remedy> DistroPackages()
    {
        if (!intent.IsPackagesOnly)
        {
            return [];
        }
        string?[] known = [.. intent.Names.Select(name => name is null ? null : DebianPackages.Find(machine.Files, name))];
        if (Array.Exists(known, one => one is null))
        {
            return [];
        }
        string owner = OsRelease.Read(machine.Files).ShortName is string name ? name + "'s" : "the distribution's";
        return [new($"{owner} package{(known.Length == 1 ? "" : "s")}",
            new ProgramStep(["apt", Installs ? "install" : "remove", .. known.OfType<string>()]) { NeedsRoot = machine.UserId != 0 })
        {
            Route = AdviceRoute.DistroPackage,
        }];
    }

    private IEnumerable<Remedy> Applications()
    {
        if (!Installs || !intent.IsPackagesOnly)
        {
            yield break;
        }
        if (OnPath("pipx"))
        {
            yield return new("if it is an application",
                new ProgramStep(["pipx", "install", .. intent.Packages])) { Route = AdviceRoute.Pipx };
        }
        if (OnPath("uv"))
        {
            // uv tool install takes one package.
            yield return new("if it is an application", [.. intent.Packages.Select(one => new ProgramStep("uv", "tool", "install", one))])
            {
                Route = AdviceRoute.UvTool,
            };
        }
    }

    private bool OnPath(string program) => machine.SearchPath().Any(folder => machine.Files.IsExecutable(
        Path.Combine(folder, machine.Platform == Platform.Windows ? program + ".exe" : program)));
}
