using Pep668.Machines;
using Pep668.Text;

namespace Pep668.Discovery.Locators;

/// <summary>
/// pixi: <c>.pixi/envs/NAME</c> of the nearest project upward (<c>pixi_core/src/workspace/mod.rs</c>), <c>envs/NAME</c>
/// in <c>PIXI_HOME</c> or <c>~/.pixi</c> for what is installed globally (<c>pixi_global/src/common.rs</c>), and
/// <c>PROJECT-HASH/envs/NAME</c> in the folder of <c>detached-environments</c> (<c>pixi_config/src/lib.rs</c>). A
/// project's environment has <c>conda-meta/pixi</c> and, for conda's sake, <c>conda-meta/history</c>; a global one has
/// neither (<c>pixi_core/src/environment</c>).
/// </summary>
internal sealed class PixiLocator : Locator
{
    internal override string Name => nameof(PythonManager.Pixi);

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.Pixi];

    internal override IEnumerable<string> Find(Machine machine)
    {
        string? project = machine.Upward().Select(folder => Path.Combine(folder, ".pixi", "envs"))
            .FirstOrDefault(machine.Files.IsDirectory);
        return (project is null ? [] : (string[])[project])
            .Concat(Homes(machine).Select(home => Path.Combine(home, "envs")))
            .Concat(Detached(machine).Distinct(StringComparer.Ordinal).SelectMany(root => FoldersIn(machine.Files, root))
                .Select(one => Path.Combine(one, "envs")))
            .SelectMany(envs => FoldersIn(machine.Files, envs));
    }

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        !environment.IsVirtual && machine.Files.IsDirectory(Path.Combine(environment.Prefix, "conda-meta"))
        && (machine.Files.IsFile(Path.Combine(environment.Prefix, "conda-meta", "pixi"))
            || (Path.GetDirectoryName(environment.Prefix) is string envs && Path.GetFileName(envs) is "envs"
                && Path.GetDirectoryName(envs) is string above
                && (Path.GetFileName(above) is ".pixi" || Homes(machine).Any(home => IsSameFolder(machine, home, above)))))
                    ? PythonManager.Pixi
                    : null;

    // "default" says nothing: that goes by its project. What is installed globally has none.
    internal override string? NameOf(Machine machine, PythonEnvironment environment)
    {
        string name = Path.GetFileName(environment.Prefix);
        string? above = Path.GetDirectoryName(Path.GetDirectoryName(environment.Prefix));
        if (above is not null && Homes(machine).Any(home => IsSameFolder(machine, home, above)))
        {
            return name;
        }
        string? project = Path.GetFileName(above) is ".pixi" ? Path.GetFileName(Path.GetDirectoryName(above))
            : Path.GetFileName(above)?.TrimEnd("0123456789".ToCharArray()) is [.. var start, '-'] ? start
            : null;
        return name is "default" && project is { Length: > 0 } ? project : name;
    }

    private static IEnumerable<string> Homes(Machine machine) =>
        machine.Variable("PIXI_HOME") is string home ? [machine.Absolute(home)] : machine.Homes().Select(one => Path.Combine(one, ".pixi"));

    // Whether a setting still turns it on does not matter: what was made there is there.
    private static IEnumerable<string> Detached(Machine machine)
    {
        TomlTable[] files = [.. ReadToml(machine, ConfigFiles(machine))];
        IEnumerable<string> Values(params string[] path) => files.Select(file => file.Find<string>(path)).OfType<string>();
        IEnumerable<string> Variable(string name) => machine.Variable(name) is string value ? [value] : [];
        return Values("detached-environments")
            .Concat(Variable("PIXI_CACHE_DETACHED_ENVIRONMENTS_DIR"))
            .Concat(Values("cache", "detached-environments"))
            .Concat(Variable("PIXI_CACHE_DIR").Concat(Variable("RATTLER_CACHE_DIR")).Concat(Values("cache", "root")).Concat(Caches(machine))
                .Select(root => Path.Combine(root, "envs")))
            .Select(machine.Absolute);
    }

    // Its own cache where it is there, else that of rattler, on which it is built.
    private static IEnumerable<string> Caches(Machine machine) =>
        ((string[])[".pixi", Path.Combine("rattler", "cache")]).SelectMany(name => machine.Platform == Platform.Windows
            ? UserFolders.Data(machine).Select(folder => Path.Combine(folder, name))
            : UserFolders.Cache(machine, name));

    private static IEnumerable<string> ConfigFiles(Machine machine)
    {
        IEnumerable<string> global = machine.Variable("PIXI_CONFIG_FILE") is string file ? [machine.Absolute(file)]
            : (machine.Platform == Platform.Windows ? UserFolders.SiteConfig(machine) : ["/etc"])
                .Concat(machine.Platform == Platform.MacOS && machine.Variable("XDG_CONFIG_HOME") is string config
                    ? [machine.Absolute(config)] : [])
                .Concat(UserFolders.Config(machine, roaming: true))
                .Select(folder => Path.Combine(folder, "pixi"))
                .Concat(Homes(machine))
                .Select(folder => Path.Combine(folder, "config.toml"));
        return global.Concat(machine.Upward().Select(folder => Path.Combine(folder, ".pixi", "config.toml"))
            .Where(machine.Files.IsFile).Take(1));
    }
}
