using Pep668.Text;

namespace Pep668.Discovery;

/// <summary>The errors, warnings and reasons about which environment is used.</summary>
internal static class DiscoveryMessages
{
    /// <summary>A relative path in a folder that was deleted.</summary>
    /// <param name="path">The path.</param>
    internal static Failure NoCurrentFolder(string path) => new(
        FailureId.EnvironmentNotFound, $"The relative path '{path}' cannot be used: the current folder was deleted.", path);

    /// <summary>A part of the search that failed.</summary>
    /// <param name="part">What was searched, such as the environments of a manager.</param>
    /// <param name="problem">Why, in words.</param>
    internal static Notice SearchFailed(string part, string problem) => new(
        $"{part} could not be searched, so environments may be missing: {Sentence.ToClause(problem)}.");

    /// <summary>An empty text.</summary>
    internal static Failure Empty(string? text, string? root) =>
        new(FailureId.EnvironmentNotFound, "An empty text is not the name of an environment.", text, List(root));

    /// <summary>A path that does not exist.</summary>
    /// <param name="target">What was given.</param>
    /// <param name="path">The path.</param>
    /// <param name="root">The root it is below; null for this machine.</param>
    internal static Failure NoPath(string target, string path, string? root) =>
        new(FailureId.EnvironmentNotFound, $"'{path}' does not exist.", target, List(root));

    /// <summary>A path below a folder that this user may not enter.</summary>
    internal static Failure Denied(string target, string path) => new(
        FailureId.EnvironmentNotFound, $"'{path}' cannot be read: access to one of its parent folders is denied.", target, List(null));

    /// <summary>A file of a project names something else.</summary>
    /// <param name="file">The <c>.venv</c> or <c>.python-envs</c>.</param>
    /// <param name="path">What it names.</param>
    /// <param name="root">The root it is below; null for this machine.</param>
    internal static Failure NotAtNamed(string file, string path, string? root) => new(
        FailureId.EnvironmentNotFound, $"'{file}' names the environment '{path}', which was not found.", path, List(root));

    /// <summary>A script, a shim or a launcher of a Python that was not found.</summary>
    internal static Failure Script(string path, string? root) => new(
        FailureId.EnvironmentNotFound, $"'{path}' is a script, not an interpreter, and the Python that it starts was not found.", path,
        List(root));

    /// <summary>An interpreter that this user may not execute.</summary>
    /// <param name="path">The interpreter.</param>
    /// <param name="root">The root it is below; null for this machine.</param>
    /// <param name="needsRoot">Whether only root can change its mode.</param>
    internal static Failure NotExecutable(string path, string? root, bool needsRoot) => new(
        FailureId.EnvironmentNotFound, $"'{path}' is a Python interpreter, but it is not executable.", path,
        root is null ? new Remedy("makes it executable", new ProgramStep("chmod", "a+x", path) { NeedsRoot = needsRoot }) : List(root));

    /// <summary>A folder that this user may not read.</summary>
    internal static Failure Unreadable(string path, string? root) =>
        new(FailureId.EnvironmentNotFound, $"The folder '{path}' cannot be read: access is denied.", path, List(root));

    /// <summary>A folder without a Python.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="root">The root it is below; null for this machine.</param>
    /// <param name="isProject">Whether it contains a project that pip can install.</param>
    internal static Failure NoPythonIn(string path, string? root, bool isProject) => new(
        FailureId.EnvironmentNotFound, isProject ? $"The folder '{path}' contains a project and no Python."
            : $"The folder '{path}' contains no Python.", path, List(root));

    /// <summary>A file that is something else.</summary>
    internal static Failure NotPython(string path, string? root) =>
        new(FailureId.EnvironmentNotFound, $"'{path}' is not a Python interpreter.", path, List(root));

    /// <summary>A text that matches nothing.</summary>
    internal static Failure Unknown(string text, string? root) => new(
        FailureId.EnvironmentNotFound,
        $"No environment matches '{text}': it is not an existing path, an environment name, a version or a specifier.",
        text, List(root));

    /// <summary>No Python has that version.</summary>
    /// <param name="text">The version or specifier.</param>
    /// <param name="versions">The versions that were found, best first.</param>
    /// <param name="root">The root that was searched; null for this machine.</param>
    internal static Failure NoVersion(string text, IReadOnlyList<string> versions, string? root) => new(
        FailureId.PythonNotFound,
        $"No Python matches '{text}'; {Found(versions)}.", text, List(root));

    /// <summary>No Python has the version that a project requires.</summary>
    /// <param name="file">The file that requires it.</param>
    /// <param name="text">The version or specifier.</param>
    /// <param name="versions">The versions that were found, best first.</param>
    /// <param name="path">The new environment.</param>
    /// <param name="other">The Python that is used without that file; null if none was found.</param>
    /// <param name="root">The root that was searched; null for this machine.</param>
    internal static Failure NoRequired(
        string file, string text, IReadOnlyList<string> versions, string path, string? other, string? root) => new(
        FailureId.PythonNotFound, $"No Python matches '{text}', which '{file}' requires; {Found(versions)}.", text,
        other is null ? [List(root)]
            : [CommonRemedies.CreateVenv(path, other) with { Reason = "creates it with another Python" }, List(root)]);

    /// <summary>Nothing was named, and nothing is active, near or on PATH.</summary>
    internal static Failure NoPython(string? root) => new(
        FailureId.PythonNotFound,
        "No Python was found: no environment is active, this folder and its parents have no .venv, and PATH has no Python.", null,
        List(root));

    /// <summary>What a folder is searched for, and the path is not a folder.</summary>
    /// <param name="path">The path.</param>
    /// <param name="exists">Whether something else has that path.</param>
    internal static Failure NoFolder(string path, bool exists) =>
        new(FailureId.EnvironmentNotFound, $"'{path}' {(exists ? "is not a folder" : "does not exist")}.", path);

    /// <summary>No command of that name.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isPath">Whether it is a path.</param>
    internal static Failure NoCommand(string command, bool isPath) => new(
        FailureId.EnvironmentNotFound,
        isPath ? $"The command '{command}' does not exist." : $"The command '{command}' was not found on PATH.", command, List(null));

    /// <summary>A shim that starts nothing.</summary>
    internal static Failure DeadShim(string command, string path) => new(
        FailureId.EnvironmentNotFound, $"'{path}' is a shim, and the Python version that it selects has no '{command}'.", command,
        List(null));

    /// <summary>A command that belongs to no environment.</summary>
    /// <param name="command">The command.</param>
    /// <param name="path">Its path.</param>
    /// <param name="interpreter">What runs it; null if it is not a script.</param>
    internal static Failure NotOfPython(string command, string path, string? interpreter) => new(
        FailureId.EnvironmentNotFound, interpreter is null
            ? $"'{path}' does not belong to a Python: it is not a Python script."
            : $"'{path}' does not belong to a Python: it is run by '{interpreter}'.", command, List(null));

    /// <summary>The variable of the active environment names something else.</summary>
    /// <param name="folder">The folder it names.</param>
    /// <param name="variable">The variable.</param>
    /// <param name="exists">Whether the folder exists.</param>
    internal static Notice ActiveIgnored(string folder, string variable, bool exists) => new(
        $"{variable} is set to '{folder}', which {(exists ? "contains no Python" : "does not exist")}; it is ignored.",
        new Remedy("stops this warning", new UnsetVariableStep(variable)));

    /// <summary>A <c>.venv</c> that belongs to another user, or that others can write to.</summary>
    internal static Notice ForeignIgnored(string folder) =>
        new($"Other users can change '{folder}'; it is ignored unless you name it.");

    /// <summary>The first command on PATH is a script.</summary>
    /// <param name="script">Its path.</param>
    /// <param name="executable">The Python that is used in its place; null without one.</param>
    internal static Notice ScriptIgnored(string script, string? executable) => new(
        $"'{script}', the first '{Path.GetFileName(script)}' on PATH, is a script, and which Python it starts is not known"
        + (executable is null ? "." : $"; '{executable}' is used."));

    /// <summary>An environment that was not named is broken; another Python is used.</summary>
    /// <param name="broken">The environment.</param>
    /// <param name="executable">The Python that is used.</param>
    internal static Notice BrokenIgnored(PythonEnvironment broken, string executable) => new(
        $"'{broken.Prefix}' is broken; the default Python '{executable}' is used.",
        broken is { IsVirtual: true, Root: null } ? CommonRemedies.RepairVenv(broken) : []);

    /// <summary>Folders that could not be searched.</summary>
    internal static Notice UnreadableFolders(IReadOnlyList<string> folders) => new(folders.Count == 1
        ? $"The folder '{folders[0]}' could not be read; environments in it are not listed."
        : FormattableString.Invariant(
            $"{folders.Count} folders, such as '{folders[0]}', could not be read; environments in them are not listed."));

    /// <summary>The environment is active.</summary>
    internal static string UsingActive(string executable, string folder) =>
        $"Using '{executable}' because '{folder}' is the active environment.";

    /// <summary>The active environment is one of conda, without Python.</summary>
    internal static string ActiveWithoutPython(string folder) => $"The active conda environment '{folder}' contains no Python.";

    /// <summary>The environment is near.</summary>
    /// <param name="executable">The interpreter.</param>
    /// <param name="source">The <c>.venv</c>, or the file that names it.</param>
    internal static string UsingNearest(string executable, string source) => Path.GetFileName(source) is ".venv"
        ? $"Using '{executable}' because '{source}' is the nearest .venv in this folder or a parent folder."
        : $"Using '{executable}', which '{source}' names last.";

    /// <summary>The default Python is used because nothing else was found.</summary>
    internal static string UsingDefault(string executable) =>
        $"Using '{executable}', the default Python, because no environment was named and none is active.";

    /// <summary>The default Python is used because the environment is broken.</summary>
    internal static string UsingDefaultForBroken(string executable, string broken) =>
        $"Using '{executable}', the default Python, because '{broken}' is broken.";

    /// <summary>A path was given.</summary>
    internal static string UsingPath(string executable, string path) => $"Using '{executable}' because '{path}' is a path.";

    /// <summary>A name was given.</summary>
    /// <param name="executable">The interpreter.</param>
    /// <param name="name">The name.</param>
    /// <param name="others">Other environments of that name, which are not used.</param>
    internal static string UsingName(string executable, string name, IReadOnlyList<string> others) => others.Count == 0
        ? $"Using '{executable}' because its name is '{name}'."
        : $"Using '{executable}' because it is the first of {Count(others)} that are named '{name}'; not used: {Listed(others)}.";

    /// <summary>A version was given.</summary>
    /// <param name="executable">The interpreter.</param>
    /// <param name="version">The version or specifier.</param>
    /// <param name="others">Other environments that match, which are not used.</param>
    internal static string UsingVersion(string executable, string version, IReadOnlyList<string> others) => others.Count == 0
        ? $"Using '{executable}' because its version matches '{version}'."
        : $"Using '{executable}' because it is the first of {Count(others)} that match '{version}'; not used: {Listed(others)}.";

    /// <summary>A project requires it.</summary>
    /// <param name="executable">The interpreter.</param>
    /// <param name="file">The file that requires it.</param>
    /// <param name="text">The version or specifier.</param>
    internal static string UsingRequired(string executable, string file, string text) =>
        $"Using '{executable}' because '{file}' requires Python '{text}'.";

    /// <summary>A command was found.</summary>
    internal static string FoundCommand(string path, string command) => $"Using '{path}' because it is the first '{command}' on PATH.";

    /// <summary>A command is a shim.</summary>
    internal static string FollowedShim(string target, string path) => $"Using '{target}' because '{path}' is a shim for it.";

    /// <summary>The interpreter that runs a command.</summary>
    internal static string RunBy(string interpreter, string path) => $"Using '{interpreter}' because it runs '{path}'.";

    private static string Found(IReadOnlyList<string> versions) =>
        versions.Count == 0 ? "none was found" : "found: " + string.Join(", ", versions);

    private static string Count(IReadOnlyList<string> others) => FormattableString.Invariant($"{others.Count + 1} environments");

    private static string Listed(IReadOnlyList<string> others) => string.Join(", ", others.Select(one => $"'{one}'"));

    private static Remedy List(string? root) => CommonRemedies.ListEnvironments(root);
}
