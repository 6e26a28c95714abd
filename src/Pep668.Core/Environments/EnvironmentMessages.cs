using Pep668.Markers;

namespace Pep668.Environments;

/// <summary>The problems of environments, and the errors, warnings and reasons about one environment or one
/// marker.</summary>
internal static class EnvironmentMessages
{
    /// <summary>A virtual environment without an interpreter.</summary>
    internal static string NoInterpreter(string executable) => $"Its interpreter '{executable}' does not exist.";

    /// <summary>The interpreter is a link whose target does not exist.</summary>
    internal static string DanglingLink(string executable, string target) =>
        $"Its base Python is missing: '{executable}' is a link to '{target}', which does not exist.";

    /// <summary>The interpreter is a link that leads to itself.</summary>
    internal static string CircularLink(string executable) => $"Its interpreter '{executable}' is a circular link.";

    /// <summary>The folder of the base Python does not exist.</summary>
    internal static string NoHome(string home) =>
        $"Its base Python is missing: '{home}', the home in its {PyVenvConfigFile.FileName}, does not exist.";

    /// <summary>It was created on another operating system.</summary>
    internal static string MadeOn(string system) => $"It was created on {system} and works only there.";

    /// <summary>The base Python of an environment of virtualenv before version 20 does not exist.</summary>
    internal static string NoOrigin(string prefix) => $"Its base Python is missing: '{prefix}', in its orig-prefix.txt, has no Python.";

    /// <summary>The folder of the base Python is a file.</summary>
    internal static string HomeIsFile(string home) =>
        $"Its base Python is not found: '{home}', the home in its {PyVenvConfigFile.FileName}, is a file, not a folder.";

    /// <summary>The folder of the base Python is not a path.</summary>
    internal static string InvalidHome() =>
        $"Its base Python is missing: the home in its {PyVenvConfigFile.FileName} is not a valid path.";

    /// <summary>This user may not execute the interpreter.</summary>
    internal static string NotExecutable(string executable) => $"Its interpreter '{executable}' is not executable.";

    /// <summary>The interpreter is not a program.</summary>
    internal static string NotAProgram(string executable) => $"Its interpreter '{executable}' is not a program.";

    /// <summary>The interpreter is built for another processor.</summary>
    internal static string OtherArchitecture(string architecture, string machine) =>
        $"Its interpreter is built for {architecture}, which this {machine} machine cannot run.";

    /// <summary>A base Python without its standard library.</summary>
    internal static string NoLibrary() => "Its standard library was not found: no parent folder contains lib/pythonX.Y/os.py.";

    /// <summary>A virtual environment whose base Python has no standard library.</summary>
    internal static string NoBaseLibrary() => "The standard library of its base Python was not found.";

    /// <summary>The base Python has been upgraded to another minor version.</summary>
    /// <param name="created">The version for which the environment was created.</param>
    /// <param name="now">The version of its base Python.</param>
    internal static string OtherVersion(Version created, string now) =>
        $"It was created for Python {created.ToString(2)}, but its base Python is now {now}, which does not find the installed packages.";

    /// <summary>The environment is in another folder than the one for which it was created.</summary>
    /// <param name="from">That folder.</param>
    /// <param name="exists">Whether that folder still contains an environment.</param>
    /// <param name="scripts">The folder of the environment's commands.</param>
    internal static string Moved(string from, bool exists, string scripts) =>
        $"It was {(exists ? "copied" : "moved")} here from '{from}'; its commands in '{scripts}' still use that folder.";

    /// <summary>A configuration that cannot be read.</summary>
    /// <param name="problem">Why, in words.</param>
    internal static string UnreadableConfig(string problem) => $"Its {PyVenvConfigFile.FileName} cannot be read: {problem}.";

    /// <summary>A configuration that is not text.</summary>
    /// <param name="position">The first invalid byte, from 0.</param>
    internal static string InvalidConfig(int position) => FormattableString.Invariant(
        $"Its {PyVenvConfigFile.FileName} is not valid UTF-8 (byte {position}), so Python does not start.");

    /// <summary>The interpreter was run and failed.</summary>
    /// <param name="reason">Why, in words.</param>
    internal static string DoesNotRun(string reason) => $"Its interpreter does not run: {reason}.";

    /// <summary>The answer of the interpreter is different from what its files contain.</summary>
    internal static string DiffersFromFiles(IReadOnlyList<string> differences) =>
        $"Its interpreter disagrees with its files: {string.Join("; ", differences)}.";

    /// <summary>One property that is different.</summary>
    /// <param name="property">The property.</param>
    /// <param name="answer">The interpreter's value.</param>
    /// <param name="files">The value that its files gave; null if they gave none.</param>
    internal static string Difference(string property, string answer, string? files) =>
        $"{property} is {answer} (files: {files ?? "unknown"})";

    /// <summary>Why an interpreter gave no answer.</summary>
    /// <param name="exitCode">Its exit code.</param>
    /// <param name="lastLine">The last line of its errors; null if it wrote none.</param>
    internal static string NoAnswer(int exitCode, string? lastLine) => exitCode == 0
        ? "it was run and printed no answer"
        : FormattableString.Invariant($"it ended with exit code {exitCode}") + (lastLine is null ? "" : $" ({lastLine})");

    /// <summary>The interpreter does not exist.</summary>
    internal static string Missing() => "it does not exist";

    /// <summary>An interpreter was run and gave no answer.</summary>
    /// <param name="environment">Its environment.</param>
    /// <param name="reason">Why, in words.</param>
    /// <param name="exists">Whether the interpreter exists.</param>
    internal static Failure NotVerified(PythonEnvironment environment, string reason, bool exists) => new(
        FailureId.ProbeFailed, $"'{environment.Executable}' could not be verified: {reason}.", environment,
        exists ? [new Remedy("shows its error", new ProgramStep(
            [environment.Executable, .. Isolated(environment), "-c", "import sysconfig, site"]))]
        : environment.IsVirtual ? CommonRemedies.RepairVenv(environment)
        : []);

    /// <summary>No interpreter can be run.</summary>
    /// <param name="problem">Why, as a clause.</param>
    internal static Failure NothingVerified(string problem) =>
        new(FailureId.ProbeFailed, $"No interpreter was run, and nothing was listed: {problem}.", null);

    /// <summary>The options that isolate an interpreter from the user's variables and packages: Python 2 has no
    /// <c>-I</c>.</summary>
    internal static IReadOnlyList<string> Isolated(PythonEnvironment environment) =>
        environment.VersionInfo is null or { Major: >= 3 } ? ["-I"] : ["-E", "-s"];

    /// <summary>A property was corrected.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="difference">What is different.</param>
    internal static Notice Corrected(PythonEnvironment environment, string difference) =>
        new($"'{environment.Executable}' disagrees with its files, so its answer is used: {difference}.");

    /// <summary>Verification was requested for a root, where no program is run.</summary>
    /// <param name="root">The root.</param>
    /// <param name="paths">The paths that were to be listed; empty for all.</param>
    internal static Failure VerifyBelowRoot(string root, IReadOnlyList<string> paths) => new(
        FailureId.OfflineEnvironment, $"Interpreters below the root '{root}' cannot be verified: programs below a root are never run.",
        root,
        new Remedy("lists them from their files",
            new ProductStep(ProductCommand.ListEnvironments).WithAny(ProductParameter.Path, paths).With(ProductParameter.Root, root)));

    /// <summary>The root is not a folder.</summary>
    /// <param name="root">The root.</param>
    /// <param name="exists">Whether something else has that path.</param>
    internal static Failure NoRoot(string root, bool exists) => new(
        FailureId.EnvironmentNotFound, $"The root '{root}' {(exists ? "is not a folder" : "does not exist")}.", root);

    /// <summary>A broken environment is used regardless.</summary>
    internal static Notice Broken(PythonEnvironment environment) => new(
        $"'{environment.Prefix}' is broken: {Clause(environment.Problem)}",
        environment is { IsVirtual: true, Root: null } ? CommonRemedies.RepairVenv(environment) : []);

    /// <summary>The problem of an environment after a colon.</summary>
    internal static string? Clause(string? problem) =>
        problem is { Length: > 1 } && char.IsLower(problem[1]) ? char.ToLowerInvariant(problem[0]) + problem[1..] : problem;

    /// <summary>The folder that would contain the marker is not known.</summary>
    internal static Failure NoMarkerFolder(PythonEnvironment environment) => new(
        FailureId.EnvironmentNotFound,
        $"'{environment.Executable}' could not be checked for EXTERNALLY-MANAGED: its standard library folder was not found.", environment,
        environment.Root is not null ? [] : [new Remedy("runs it to find its standard library",
            new ProductStep(ProductCommand.ListEnvironments).With(ProductParameter.Path, environment.Executable)
                .With(ProductParameter.Verify))]);

    /// <summary>Why an environment is externally managed, or is not.</summary>
    internal static string ManagedReason(PythonEnvironment environment) =>
        environment.IsExternallyManaged ? $"'{environment.Executable}' is externally managed because '{environment.MarkerPath}' exists."
        : environment.IsVirtual
            ? $"'{environment.Executable}' is not externally managed because it belongs to a virtual environment."
        : $"'{environment.Executable}' is not externally managed because '{environment.StdLib}' has no file {MarkerFile.FileName}."
            + (IsOfFedora(environment)
                ? $" Fedora and RHEL do not mark their Python; pip installs in '{environment.SitePackages[0]}'."
                : "");

    // site-packages, which Debian does not have, below /usr/local beside those of /usr.
    private static bool IsOfFedora(PythonEnvironment environment) =>
        environment.Prefix is "/usr" && environment.SitePackages is [string first, ..]
        && first.StartsWith("/usr/local/", StringComparison.Ordinal) && Path.GetFileName(first) is "site-packages";

    /// <summary>The path of a marker does not lead to a file.</summary>
    /// <param name="path">The path.</param>
    /// <param name="exists">Whether something else has that path.</param>
    /// <param name="root">The root it is below; null for this machine.</param>
    internal static Failure NoMarkerFile(string path, bool exists, string? root = null) => new(
        FailureId.InvalidMarker, $"The marker file '{path}' {(exists ? "is not a file" : "does not exist")}.", path,
        new Remedy("shows which Pythons have a marker", new ProductStep(ProductCommand.ListEnvironments)
            .With(ProductParameter.ExternallyManaged).WithAny(ProductParameter.Root, root is null ? [] : [root])));
}
