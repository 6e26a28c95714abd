using Pep668.Machines;
using Pep668.Text;

namespace Pep668.Discovery.Locators;

/// <summary>
/// Hatch: <c>PROJECT/HASH/NAME</c> in the folder that <c>dirs.env.virtual</c> of its <c>config.toml</c> names, by
/// default <c>env/virtual</c> in its data (<c>env/virtual.py</c>, <c>cli/application.py</c>), which
/// <c>HATCH_DATA_DIR</c> or <c>dirs.data</c> names (<c>config/model.py</c>); its own tools are below
/// <c>env/.internal</c>, scripts in <c>env/virtual/.scripts</c> (<c>project/core.py</c>). A folder inside the project
/// has the names directly in it, beside a <c>.gitignore</c> that Hatch signs. <c>HATCH_ENV_TYPE_VIRTUAL_PATH</c> is the
/// environment itself (<c>env/utils.py</c>), and so is the <c>path</c> of one in the project's files. The interpreters
/// that it downloads have a <c>hatch-dist.json</c> (<c>python/core.py</c>): in <c>dirs.python</c>, by default
/// <c>pythons</c> in its data, and in <c>.pythons</c> below <c>env/virtual</c>.
/// </summary>
internal sealed class HatchLocator : Locator
{
    private const string Downloaded = "hatch-dist.json";
    private const string ProjectFile = "pyproject.toml";
    private const string Signature = "automatically created by Hatch";

    internal override string Name => nameof(PythonManager.Hatch);

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.Hatch];

    internal override IEnumerable<string> Find(Machine machine)
    {
        (IReadOnlyList<string> data, IReadOnlyList<string> configured) = Folders(machine);
        FileTree files = machine.Files;
        IEnumerable<string> roots = data.Select(folder => Path.Combine(folder, "env", "virtual")).Concat(configured);
        return Named(machine)
            .Concat(roots.SelectMany(root => FoldersIn(files, root)
                .SelectMany(project =>
                    Path.GetFileName(project) is ".scripts" ? FoldersIn(files, project) : Hashed(files, project).Prepend(project))))
            .Concat(data.SelectMany(folder => FoldersIn(files, Path.Combine(folder, "env", ".internal")))
                .SelectMany(tool => FoldersIn(files, tool))
                .SelectMany(project => Hashed(files, project)))
            .Concat(Pythons(machine, data, roots).SelectMany(folder => FoldersIn(files, folder))
                .Where(folder => files.IsFile(Path.Combine(folder, Downloaded)))
                .SelectMany(folder => FoldersIn(files, folder))
                .Select(folder => files.IsDirectory(Path.Combine(folder, "install")) ? Path.Combine(folder, "install") : folder));
    }

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        !environment.IsVirtual ? (machine.Files.IsFile(Path.Combine(FolderOf(environment), Downloaded)) ? PythonManager.Hatch : null)
        : Path.GetDirectoryName(environment.Prefix) is string folder
        && (IsIn(machine, folder)
            || machine.Files.ReadText(Path.Combine(folder, ".gitignore"), 1 << 16)?.Contains(Signature, StringComparison.Ordinal) == true
            // Hatch creates them with virtualenv or uv.
            || (environment.Config?.Creator != PythonManager.Venv
                && Named(machine).Any(named => IsSameFolder(machine, named, environment.Prefix))))
                ? PythonManager.Hatch
                : null;

    internal override string? NameOf(PythonEnvironment environment) =>
        Path.GetFileName(environment.IsVirtual ? environment.Prefix : FolderOf(environment)) is var name && name is ".venv" ? null : name;

    // 3.12/python, of old 3.7/python/install, pypy3.10/pypy3.10-v7.3.15-linux64
    private static string FolderOf(PythonEnvironment environment)
    {
        string folder = Path.GetFileName(environment.Prefix) is "install" ? Path.GetDirectoryName(environment.Prefix)! : environment.Prefix;
        return Path.GetDirectoryName(folder) ?? folder;
    }

    private static IEnumerable<string> Pythons(Machine machine, IEnumerable<string> data, IEnumerable<string> roots)
    {
        string? named = FirstString(ConfigFiles(machine), "dirs", "python");
        IEnumerable<string> own =
            data.Select(folder => Path.Combine(folder, "pythons")).Concat(roots.Select(root => Path.Combine(root, ".pythons")));
        return named is null or "isolated" ? own : own.Append(machine.Absolute(VariableText.Expand(named, machine.Variable)));
    }

    private static IEnumerable<string> Hashed(FileTree files, string project) =>
        FoldersIn(files, project).Where(folder => HashedNames.IsHash(Path.GetFileName(folder)))
            .SelectMany(folder => FoldersIn(files, folder));

    private static bool IsIn(Machine machine, string folder)
    {
        string? above = Path.GetDirectoryName(folder);
        if (Path.GetFileName(folder) is ".scripts")
        {
            return Path.GetFileName(above) is "virtual" && IsEnv(machine, Path.GetDirectoryName(above));
        }
        if (!HashedNames.IsHash(Path.GetFileName(folder)) || Path.GetDirectoryName(above) is not string root)
        {
            return false;
        }
        return (Path.GetFileName(root) is "virtual" && IsEnv(machine, Path.GetDirectoryName(root)))
            || (Path.GetFileName(Path.GetDirectoryName(root)) is ".internal"
                && IsEnv(machine, Path.GetDirectoryName(Path.GetDirectoryName(root))))
            || Folders(machine).Configured.Any(one => IsSameFolder(machine, one, root));
    }

    private static bool IsEnv(Machine machine, string? folder) =>
        Path.GetFileName(folder) is "env" && Path.GetDirectoryName(folder) is string data
        && (Path.GetFileName(data) is "hatch" || Folders(machine).Data.Any(one => IsSameFolder(machine, one, data)));

    private static (IReadOnlyList<string> Data, IReadOnlyList<string> Configured) Folders(Machine machine)
    {
        TomlTable[] files = [.. ConfigFiles(machine)];
        string? data = machine.Variable("HATCH_DATA_DIR") ?? FirstString(files, "dirs", "data");
        string? configured = FirstString(files, "dirs", "env", "virtual");
        return (
            data is null ? [.. UserFolders.Data(machine).Select(folder => Path.Combine(folder, "hatch"))]
                : [machine.Absolute(VariableText.Expand(data, machine.Variable))],
            configured is null ? []
                : InProject(machine, VariableText.Expand(configured, machine.Variable)) is string folder ? [folder]
                : []);
    }

    // The variable, else the path of each environment of the project.
    private static IEnumerable<string> Named(Machine machine) =>
        machine.Variable("HATCH_ENV_TYPE_VIRTUAL_PATH") is string path ? InProject(machine, path) is string named ? [named] : []
        : Project(machine) is not string project ? []
        : ReadToml(machine, [Path.Combine(project, ProjectFile)]).Select(file => file.Find<TomlTable>("tool", "hatch", "envs"))
            .Concat(ReadToml(machine, [Path.Combine(project, "hatch.toml")]).Select(file => file.Find<TomlTable>("envs")))
            .SelectMany(environments => environments?.Values.OfType<TomlTable>() ?? [])
            .Select(environment => environment.Find<string>("path") is { Length: > 0 } text ? InProject(machine, text) : null)
            .OfType<string>();

    // A relative path starts at the project.
    private static string? InProject(Machine machine, string path) =>
        Path.IsPathRooted(path) || path.StartsWith('~') ? machine.Absolute(path)
        : Project(machine) is string project ? PathText.Absolute(path, project)
        : null;

    private static string? Project(Machine machine) =>
        machine.Upward().FirstOrDefault(folder => machine.Files.IsFile(Path.Combine(folder, ProjectFile)));

    private static IEnumerable<TomlTable> ConfigFiles(Machine machine) => ReadToml(machine, machine.Variable("HATCH_CONFIG") is string file
        ? [machine.Absolute(file)]
        : UserFolders.Config(machine).Select(folder => Path.Combine(folder, "hatch", "config.toml")));
}
