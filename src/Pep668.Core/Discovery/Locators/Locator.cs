using Pep668.Environments;
using Pep668.Machines;
using Pep668.Text;

namespace Pep668.Discovery.Locators;

/// <summary>
/// One place where environments are, or one manager that makes them. A new manager is one new file with one of these,
/// and a line in <see cref="AllLocators"/>.
/// </summary>
internal abstract class Locator
{
    /// <summary>The value of <see cref="PythonEnvironment.FoundBy"/>.</summary>
    internal abstract string Name { get; }

    /// <summary>
    /// Whose environments it finds; none: anybody's. Asking for one manager asks only the locators that could find its
    /// environments.
    /// </summary>
    internal virtual IReadOnlyList<PythonManager> Managers => [];

    /// <summary>Paths of interpreters or of environments' folders. They need not exist, and nothing is run to find
    /// them.</summary>
    internal abstract IEnumerable<string> Find(Machine machine);

    /// <summary>
    /// Whether it finds links in folders other than the interpreters' own. Those become aliases, from whichever path an
    /// environment is named.
    /// </summary>
    internal virtual bool FindsLinks => false;

    /// <summary>Who made the environment, if this locator's manager did: told from the environment's own place and
    /// files.</summary>
    internal virtual PythonManager? MakerOf(Machine machine, PythonEnvironment environment) => null;

    /// <summary>The name this manager gives to it; null to leave it to the common rule.</summary>
    internal virtual string? NameOf(PythonEnvironment environment) => null;

    /// <summary>The same if the name is in files.</summary>
    internal virtual string? NameOf(Machine machine, PythonEnvironment environment) => NameOf(environment);

    /// <summary>
    /// Where a shim of this manager leads: null when the script is none of its shims, an empty list when it leads past
    /// all versions of the manager (<c>system</c>) or to one that is not there.
    /// </summary>
    internal virtual IReadOnlyList<string>? FollowShim(Machine machine, string shim) => null;

    /// <summary>The folders in a folder, links to folders included, by name.</summary>
    protected static IEnumerable<string> FoldersIn(FileTree files, string folder) =>
        files.List(folder)
            .Where(item => item.Kind is FileKind.Directory or FileKind.Link)
            .Select(item => Path.Combine(folder, item.Name))
            .Order(StringComparer.Ordinal);

    /// <summary>Whether two paths name one folder, as they are written or with their links resolved.</summary>
    protected static bool IsSameFolder(Machine machine, string one, string other)
    {
        StringComparison comparison = machine.Platform == Platform.Windows ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        one = Path.TrimEndingDirectorySeparator(one);
        other = Path.TrimEndingDirectorySeparator(other);
        return string.Equals(one, other, comparison)
            || (machine.Files.RealPath(one) is string real && string.Equals(real, machine.Files.RealPath(other), comparison));
    }

    /// <summary>
    /// The files of a tool that can be read. One that is not TOML sets nothing here: Poetry, PDM, Hatch and Rye stop
    /// with an error, pixi ignores the file with a warning, and the environments in the usual folders remain.
    /// </summary>
    protected static IEnumerable<TomlTable> ReadToml(Machine machine, IEnumerable<string> paths) =>
        paths.Select(path => TomlReader.Read(machine.Files.Read(path).Bytes)).OfType<TomlTable>();

    /// <summary>The string at a path of tables in the first file that has it; null if none does.</summary>
    protected static string? FirstString(IEnumerable<TomlTable> files, params string[] path) =>
        files.Select(file => file.Find<string>(path)).FirstOrDefault(value => value is not null);

    /// <summary>Whether a path is a folder or below it.</summary>
    protected static bool IsBelow(string folder, string path) =>
        path.StartsWith(folder, StringComparison.Ordinal)
            && (path.Length == folder.Length || path[folder.Length] == Path.SeparatorOf(folder));

    /// <summary>The interpreters among the files of a folder, by their names.</summary>
    protected static IEnumerable<string> InterpretersIn(FileTree files, string folder) =>
        files.List(folder)
            .Where(item => item.Kind is FileKind.File or FileKind.Link && Environments.InterpreterName.Parse(item.Name) is not null)
            .Select(item => Path.Combine(folder, item.Name))
            .Order(StringComparer.Ordinal);
}
