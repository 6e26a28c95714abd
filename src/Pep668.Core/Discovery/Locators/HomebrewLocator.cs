using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>
/// Homebrew, on macOS and Linux: <c>HOMEBREW_PREFIX</c>, else <c>/opt/homebrew</c>, <c>/usr/local</c> and
/// <c>/home/linuxbrew/.linuxbrew</c> (its documentation, "Installation"). <c>Cellar/python@X.Y/VERSION</c> holds the
/// files, on macOS in <c>Frameworks/Python.framework/Versions/X.Y</c>; <c>opt/python@X.Y</c>, <c>bin</c> and
/// <c>libexec/bin</c> link to them (<c>Formula/p/python@3.13.rb</c> of homebrew-core).
/// </summary>
internal sealed class HomebrewLocator : Locator
{
    private const string Versions = "Frameworks/Python.framework/Versions";

    internal override string Name => nameof(PythonManager.Homebrew);

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.Homebrew];

    internal override bool FindsLinks => true;

    internal override IEnumerable<string> Find(Machine machine) =>
        Prefixes(machine)
            .Where(prefix => machine.Files.IsDirectory(prefix + "/Cellar"))
            .SelectMany(prefix => BinFolders(machine.Files, prefix))
            .SelectMany(folder => InterpretersIn(machine.Files, folder));

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        !environment.IsVirtual && machine.Platform != Platform.Windows && HomebrewKeg.Find(environment.Prefix) is HomebrewKeg keg
        && machine.Files.IsDirectory($"{keg.HomebrewPrefix}/Cellar/{keg.Formula}")
            ? PythonManager.Homebrew
            : null;

    internal override string? NameOf(PythonEnvironment environment) => HomebrewKeg.Find(environment.Prefix)?.Formula;

    private static IEnumerable<string> BinFolders(FileTree files, string prefix)
    {
        yield return prefix + "/bin";
        foreach (string version in FoldersIn(files, $"{prefix}/{Versions}"))
        {
            yield return version + "/bin";
        }
        IEnumerable<string> kegs = Formulae(files, prefix + "/opt")
            .Concat(Formulae(files, prefix + "/Cellar").SelectMany(formula => FoldersIn(files, formula)));
        foreach (string keg in kegs)
        {
            yield return keg + "/bin";
            yield return keg + "/libexec/bin";
            foreach (string version in FoldersIn(files, $"{keg}/{Versions}"))
            {
                yield return version + "/bin";
            }
        }
    }

    private static IEnumerable<string> Formulae(FileTree files, string folder) =>
        FoldersIn(files, folder).Where(path => Path.GetFileName(path) is string name
            && (name.StartsWith("python", StringComparison.Ordinal) || name.StartsWith("pypy", StringComparison.Ordinal)));

    private static IEnumerable<string> Prefixes(Machine machine)
    {
        IEnumerable<string> usual = machine.Platform switch
        {
            Platform.MacOS => ["/opt/homebrew", "/usr/local"],
            Platform.Linux => ["/home/linuxbrew/.linuxbrew"],
            _ => [],
        };
        return machine.Variable("HOMEBREW_PREFIX") is string prefix && machine.Platform != Platform.Windows
            ? usual.Prepend(Path.TrimEndingDirectorySeparator(machine.Absolute(prefix))).Distinct(StringComparer.Ordinal)
            : usual;
    }
}
