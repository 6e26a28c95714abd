using Pep668.Machines;

namespace Pep668.Advice;

/// <summary>Recommends the tool that manages the project in the current folder, or uv for a new project.</summary>
internal static class ProjectToolAdvice
{
    private const string Project = "pyproject.toml";

    private static readonly Tool[] Tools =
    [
        new("uv.lock", "uv", "add", "remove"), new("poetry.lock", "poetry", "add", "remove"),
        new("Pipfile", "pipenv", "install", "uninstall"), new("pdm.lock", "pdm", "add", "remove"),
        new("pixi.lock", "pixi", "add", "remove"),
    ];

    /// <summary>The tool of the project; null if the folder has none.</summary>
    internal static AdvisedRoute? Find(Machine machine, InstallIntent intent)
    {
        if (intent.NamesIndex || (!intent.Removes && intent.Values(ProductParameter.ArgumentList).Count > 0)
            || Array.Find(Tools, one => IsUsed(machine, one)) is not Tool tool)
        {
            return null;
        }
        // pixi adds packages of conda unless it is told otherwise.
        string[] options = tool.Program is "pixi" ? ["--pypi"] : [];
        return AdvisedRoute.To(AdviceRoute.ProjectTool, $"this folder is a {tool.Program} project ({tool.LockFile})",
            new ProgramStep(
                [tool.Program, intent.Removes ? tool.Remove : tool.Add, .. options, .. intent.Packages, .. Files(tool.Program, intent)]));
    }

    /// <summary>A new project, if uv is here and the folder has no project.</summary>
    internal static IEnumerable<AdvisedRoute> FindNew(Machine machine, InstallIntent intent)
    {
        if (intent is { Removes: false, IsPackagesOnly: true } && machine.IsOnPath("uv") && !Has(machine, Project)
            && !Array.Exists(Tools, one => Has(machine, one.LockFile)))
        {
            yield return AdvisedRoute.To(AdviceRoute.ProjectTool, "if this folder becomes a project",
                new ProgramStep("uv", "init"), new ProgramStep(["uv", "add", .. intent.Packages]));
        }
    }

    // The lock file identifies the tool; pyproject.toml alone does not.
    private static bool IsUsed(Machine machine, Tool tool) =>
        Has(machine, tool.LockFile) && (tool.Program is "pipenv" or "pixi" || Has(machine, Project));

    private static bool Has(Machine machine, string file) => machine.Files.IsFile(Path.Combine(machine.CurrentDirectory, file));

    private static IEnumerable<string> Files(string tool, InstallIntent intent) => (tool, intent.Removes) switch
    {
        (_, true) or ("pdm" or "pixi", _) => [],
        ("poetry", _) => Options(intent, "--editable", ProductParameter.Editable),
        ("uv", _) => [.. Options(intent, "-r", ProductParameter.Requirement), .. Options(intent, "--editable", ProductParameter.Editable)],
        _ => [.. Options(intent, "-r", ProductParameter.Requirement), .. Options(intent, "-e", ProductParameter.Editable)],
    };

    private static IEnumerable<string> Options(InstallIntent intent, string option, ProductParameter parameter) =>
        intent.Values(parameter).SelectMany(value => (string[])[option, value]);

    private sealed record Tool(string LockFile, string Program, string Add, string Remove);
}
