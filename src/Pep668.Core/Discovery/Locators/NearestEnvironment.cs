using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>
/// The environment of the nearest project upward: its folder <c>.venv</c>, or the one that a file names. A
/// <c>.python-envs</c> lists environments, the last of them being the default; a file <c>.venv</c> names one
/// (PEP 832, a draft, and its first version), for Pipenv and plug-ins of shells also by its name in the folder of all
/// environments (<c>VenvLocator.get_location</c> in <c>pipenv/utils/venv_locator.py</c>).
/// </summary>
/// <param name="Source">The folder or the file.</param>
/// <param name="Folder">The environment: the same folder, or the absolute path that the file names.</param>
internal sealed record NearestEnvironment(string Source, string Folder)
{
    private const string Venv = ".venv", List = ".python-envs";

    /// <summary>Whether a file names it.</summary>
    internal bool IsNamed => !string.Equals(Source, Folder, StringComparison.Ordinal);

    /// <summary>Finds it; null without one.</summary>
    internal static NearestEnvironment? Find(Machine machine) =>
        machine.Upward().Select(folder => In(machine, folder).LastOrDefault()).FirstOrDefault(found => found is not null);

    /// <summary>All environments of the nearest project.</summary>
    internal static IEnumerable<string> FindAll(Machine machine) =>
        machine.Upward().Select(folder => In(machine, folder).ToArray()).FirstOrDefault(found => found.Length > 0)
            ?.Select(one => one.Folder).Reverse() ?? [];

    /// <summary>The environment that a file of this kind names; null for another file.</summary>
    /// <param name="machine">Where it is.</param>
    /// <param name="path">Its absolute path.</param>
    internal static NearestEnvironment? NamedBy(Machine machine, string path) =>
        Path.GetFileName(path) is Venv or List && machine.Files.IsFile(path) ? Read(machine, path).LastOrDefault() : null;

    // In the order of .python-envs; .venv counts as its last line.
    private static IEnumerable<NearestEnvironment> In(Machine machine, string folder)
    {
        string list = Path.Combine(folder, List), venv = Path.Combine(folder, Venv);
        IEnumerable<NearestEnvironment> listed = Read(machine, list);
        return machine.Files.Stat(venv).Kind switch
        {
            FileKind.Directory when machine.Files.IsFile(Path.Combine(venv, PyVenvConfigFile.FileName)) => listed.Append(new(venv, venv)),
            FileKind.File => listed.Concat(Read(machine, venv)),
            _ => listed,
        };
    }

    private static IEnumerable<NearestEnvironment> Read(Machine machine, string path) =>
        (machine.Files.ReadText(path, limit: 1 << 16) ?? "").TrimStart('\uFEFF').Split('\n')
            .Select(line => line.TrimEnd('\r'))
            .Where(line => !string.IsNullOrWhiteSpace(line))
            .Take(Path.GetFileName(path) is Venv ? 1 : int.MaxValue)
            .Select(line => new NearestEnvironment(path, Path.GetFileName(path) is Venv && Named(machine, line.Trim()) is string named
                ? named
                : PathText.Absolute(line, Path.GetDirectoryName(path)!)));

    private static string? Named(Machine machine, string name) =>
        name.AsSpan().IndexOfAny('/', '\\') >= 0 || name is "." or ".." ? null
        : PipenvLocator.Folders(machine).Concat(VirtualenvWrapperLocator.Folders(machine)).Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(machine.Files.IsDirectory);

    /// <summary>
    /// Which part of it other users can change; null if it may be used although the user did not name it. Whoever can
    /// create or change a <c>.venv</c> in a parent folder (in <c>/tmp</c>, for example) would otherwise decide what
    /// this user runs.
    /// </summary>
    internal string? ForeignPart(Machine machine) =>
        !FileTrust.IsTrustedLink(machine, Source) || !FileTrust.IsTrusted(machine, Source) ? Source
        : machine.Files.IsDirectory(Folder) && !IsFolderTrusted(machine) ? Folder
        : null;

    private bool IsFolderTrusted(Machine machine)
    {
        string scripts = Path.Combine(Folder, machine.Platform == Platform.Windows ? "Scripts" : "bin");
        string[] parts = [Folder, Path.Combine(Folder, PyVenvConfigFile.FileName), scripts];
        return FileTrust.IsTrustedLink(machine, Folder) && parts.Where(Exists).All(path => FileTrust.IsTrusted(machine, path))
            && Interpreters(machine, scripts).All(path => FileTrust.IsTrusted(machine, path));

        bool Exists(string path) => machine.Files.Stat(path).Kind != FileKind.Missing;
    }

    // Those that are there: a broken environment has none, and none is run.
    private static IEnumerable<string> Interpreters(Machine machine, string scripts) =>
        (machine.Platform == Platform.Windows ? (string[])["python.exe"] : ["python", "python3"])
            .Select(name => Path.Combine(scripts, name)).Where(machine.Files.IsFile);
}
