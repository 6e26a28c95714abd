using Pep668.Machines;
using Pep668.Text;

namespace Pep668.Discovery.Locators;

/// <summary>
/// conda, mamba and micromamba: an environment is a folder with <c>conda-meta/history</c> (conda's
/// <c>core/prefix_data.py</c>) or with the records of packages there: images are made smaller without the history.
/// Looked for in <c>envs</c> of every installation, in the folders of <c>envs_dirs</c>
/// (<c>base/context.py</c>, <c>base/constants.py</c>) and in <c>~/.conda/environments.txt</c>
/// (<c>core/envs_manager.py</c>). Installations: the variables, those on PATH, mamba's default root prefixes
/// (libmamba's <c>api/configuration.cpp</c>) and the folders that installers propose
/// (<c>pet-conda/src/environment_locations.rs</c> of python-environment-tools; <c>shar.py</c> and <c>winexe.py</c> of
/// conda's constructor), <c>Caskroom/NAME/base</c> of Homebrew's casks among them, and the one whose <c>conda</c>
/// created an environment, by that one's history.
/// </summary>
internal sealed class CondaLocator : Locator
{
    private static readonly string[] Names = ["anaconda", "anaconda3", "miniconda", "miniconda3", "miniforge3", "mambaforge", "micromamba"];

    // Where an installation has the programs that create environments.
    private static readonly string[] Programs = ["/bin/conda", "/bin/mamba", "/condabin/", "/lib/python"];
    private static readonly string[] ProgramsOnWindows = [@"\Scripts\", @"\condabin\", @"\Library\bin\", @"\lib\site-packages\conda\"];

    internal override string Name => nameof(PythonManager.Conda);

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.Conda];

    internal override IEnumerable<string> Find(Machine machine)
    {
        string[] listed = [.. machine.Homes().SelectMany(home => Lines(machine, Path.Combine(home, ".conda", "environments.txt")))];
        string[] roots =
            [.. Roots(machine).Concat(listed).Concat(listed.SelectMany(folder => CreatorsOf(machine, folder))).SelectMany(WithBase)
                .Distinct(StringComparer.Ordinal).Where(machine.Files.IsDirectory)];
        return roots.Concat(
            EnvironmentFolders(machine, roots).Distinct(StringComparer.Ordinal).SelectMany(folder => FoldersIn(machine.Files, folder)))
            .Distinct(StringComparer.Ordinal)
            .Where(folder => machine.Files.IsDirectory(Path.Combine(folder, "conda-meta")));
    }

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        environment.Kind == EnvironmentKind.Conda ? PythonManager.Conda : null;

    /// <summary>The folder's name; <c>base</c> for an installation (conda's <c>env_name</c>), told by its
    /// <c>condabin</c>, <c>envs</c> or <c>pkgs</c>.</summary>
    internal override string? NameOf(Machine machine, PythonEnvironment environment) =>
        Path.GetFileName(Path.GetDirectoryName(environment.Prefix)) is not "envs"
        && ((string[])["condabin", "envs", "pkgs"]).Any(name => machine.Files.IsDirectory(Path.Combine(environment.Prefix, name)))
            ? "base"
            : Path.GetFileName(environment.Prefix);

    private static IEnumerable<string> EnvironmentFolders(Machine machine, string[] roots)
    {
        char separator = machine.Platform == Platform.Windows ? ';' : ':';
        IEnumerable<string> named = ((string[])["CONDA_ENVS_DIRS", "CONDA_ENVS_PATH"])
            .SelectMany(variable =>
                machine.Variable(variable)?.Split(separator, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? []);
        return named.Concat(ConfigFiles(machine, roots).SelectMany(path =>
                CondaConfig.EnvironmentFolders(machine.Files.ReadText(path)).Select(folder => OfItsUser(machine, path, folder))))
            .Select(folder => machine.Absolute(VariableText.Expand(folder, machine.Variable)))
            .Concat(roots.Select(root => Path.Combine(root, "envs")))
            .Concat(machine.Homes().Select(home => Path.Combine(home, ".conda", "envs")))
            .Concat(machine.Platform == Platform.Windows
                ? UserFolders.Data(machine).Select(folder => Path.Combine(folder, "conda", "conda", "envs")) : []);
    }

    // Below a root, ~ is the home folder that contains the file.
    private static string OfItsUser(Machine machine, string file, string folder) =>
        machine.Home is null && folder is "~" or ['~', '/', ..]
            && machine.Homes().FirstOrDefault(home => IsBelow(home, file)) is string home
            ? home + folder[1..]
            : folder;

    // What conda reads, then what mamba reads besides; a folder condarc.d holds several.
    private static IEnumerable<string> ConfigFiles(Machine machine, string[] roots)
    {
        IEnumerable<string> system = machine.Platform == Platform.Windows
            ? UserFolders.SiteConfig(machine).Select(folder => Path.Combine(folder, "conda"))
            : ["/etc/conda", "/var/lib/conda"];
        IEnumerable<string> users = machine.Homes()
            .SelectMany(home => (string[])[Path.Combine(home, ".config", "conda"), Path.Combine(home, ".conda"), home,
                Path.Combine(home, ".mamba"), Path.Combine(home, ".config", "mamba")]);
        IEnumerable<string> folders = system.Concat(roots)
            .Concat(machine.Variable("XDG_CONFIG_HOME") is string config
                ? [Path.Combine(machine.Absolute(config), "conda"), Path.Combine(machine.Absolute(config), "mamba")] : [])
            .Concat(users)
            .Concat(machine.Variable("CONDA_PREFIX") is string prefix ? [machine.Absolute(prefix)] : []);
        return folders
            .SelectMany(folder => ((string[])[".condarc", "condarc", ".mambarc", "mambarc"]).Select(name => Path.Combine(folder, name))
                .Concat(machine.Files.List(Path.Combine(folder, "condarc.d"))
                    .Where(item =>
                        item.Name.EndsWith(".yml", StringComparison.Ordinal) || item.Name.EndsWith(".yaml", StringComparison.Ordinal))
                    .Select(item => Path.Combine(folder, "condarc.d", item.Name))))
            .Concat(((string[])["CONDARC", "MAMBARC"]).Select(machine.Variable).OfType<string>().Select(machine.Absolute));
    }

    private static IEnumerable<string> Roots(Machine machine)
    {
        foreach (string variable in (string[])["CONDA_PREFIX", "CONDA_ROOT", "CONDA_ROOT_PREFIX", "MAMBA_ROOT_PREFIX"])
        {
            if (machine.Variable(variable) is string root)
            {
                yield return machine.Absolute(root);
            }
        }
        if (machine.Variable("CONDA_EXE") is string program
            && Path.GetDirectoryName(Path.GetDirectoryName(machine.Absolute(program))) is string installation)
        {
            yield return installation;
        }
        foreach (string folder in machine.SearchPath().Where(folder => Path.GetFileName(folder) is "bin" or "condabin" or "Scripts"))
        {
            if (Path.GetDirectoryName(folder) is string above && machine.Files.IsDirectory(Path.Combine(above, "conda-meta")))
            {
                yield return above;
            }
        }
        foreach (string home in machine.Homes())
        {
            yield return Path.Combine(home, ".conda");
            yield return Path.Combine(home, ".local");
        }
        foreach (string folder in MambaData(machine))
        {
            yield return Path.Combine(folder, "mamba");
        }
        foreach (string folder in Places(machine))
        {
            foreach (string name in Names)
            {
                yield return Path.Combine(folder, name);
            }
        }
        if (machine.Platform != Platform.Windows)
        {
            yield return "/opt/conda";
            yield return "/miniforge";
        }
        if (machine.Platform == Platform.MacOS)
        {
            foreach (string cask in (string[])["anaconda", "miniconda", "miniforge", "mambaforge"])
            {
                yield return $"/opt/homebrew/Caskroom/{cask}/base";
                yield return $"/usr/local/Caskroom/{cask}/base";
            }
        }
    }

    private static IEnumerable<string> MambaData(Machine machine) =>
        machine.Variable("XDG_DATA_HOME") is string data ? [machine.Absolute(data)]
        : machine.Platform == Platform.Windows ? UserFolders.Data(machine, roaming: true)
        : machine.Homes().Select(home => Path.Combine(home, ".local", "share"));

    private static IEnumerable<string> Places(Machine machine)
    {
        IEnumerable<string> homes =
            machine.Homes().SelectMany(home => (string[])[home, Path.Combine(home, ".conda"), Path.Combine(home, ".local")]);
        return machine.Platform == Platform.Windows
            ? homes.Concat(UserFolders.SiteConfig(machine))
                .Concat(UserFolders.Data(machine))
                .Concat(machine.Variable("SystemDrive") is string drive ? [drive + Path.DirectorySeparatorChar] : [])
            : homes.Concat(machine.Homes().Select(home => Path.Combine(home, "opt")))
                .Concat(["/", "/opt", "/usr/share", "/usr/local", "/usr",
                    machine.Platform == Platform.MacOS ? "/opt/homebrew" : "/home/linuxbrew/.linuxbrew"]);
    }

    // An environment in envs leads to the installation around it.
    private static IEnumerable<string> WithBase(string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(folder);
        yield return folder;
        if (Path.GetDirectoryName(folder) is string envs && Path.GetFileName(envs) is "envs" && Path.GetDirectoryName(envs) is string root)
        {
            yield return root;
        }
    }

    // "# cmd: /opt/conda/bin/conda create …", "…/bin/mamba …", "…/lib/python3.12/site-packages/conda/__main__.py …", on
    // Windows "…\Scripts\conda-script.py", "…\Library\bin\mamba.exe" (conda's history.py, write_head). What is not an
    // installation has no conda-meta.
    private static IEnumerable<string> CreatorsOf(Machine machine, string folder)
    {
        const string Command = "# cmd: ";
        foreach (string line in (machine.Files.ReadText(Path.Combine(folder, "conda-meta", "history")) ?? "").Split('\n'))
        {
            string command = line.StartsWith(Command, StringComparison.Ordinal) ? line[Command.Length..] : "";
            foreach (string place in machine.Platform == Platform.Windows ? ProgramsOnWindows : Programs)
            {
                int end = command.IndexOf(place, StringComparison.OrdinalIgnoreCase);
                if (end <= 0 || !Path.IsPathRooted(command[..end]))
                {
                    continue;
                }
                yield return command[..end];
                int blank = command.IndexOf(' ', end);
                string program = blank < 0 ? command : command[..blank];
                if (machine.Files.RealPath(program) is string real
                    && Path.GetDirectoryName(Path.GetDirectoryName(real)) is string installation)
                {
                    yield return installation;
                }
            }
        }
    }

    private static IEnumerable<string> Lines(Machine machine, string path) =>
        (machine.Files.ReadText(path) ?? "").Split('\n').Select(line => line.Trim()).Where(Path.IsPathRooted);
}
