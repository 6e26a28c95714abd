using Pep668.Text;

namespace Pep668.Venvs.Removal;

/// <summary>The errors, warnings and verbose lines about virtual environments that are removed.</summary>
internal static class RemovalMessages
{
    private const int Shown = 3;

    /// <summary>The environment is not a virtual one.</summary>
    internal static Failure NotVirtual(PythonEnvironment environment) => new(
        FailureId.NotAVirtualEnvironment,
        environment.Kind == EnvironmentKind.Conda
            ? $"'{environment.Prefix}' is a conda environment, not a virtual environment; it was not removed."
            : $"'{environment.Executable}' is a base Python, not a virtual environment; it was not removed.",
        environment, ListVirtual());

    /// <summary>A folder that is not an environment, or not one any more.</summary>
    /// <param name="folder">The folder.</param>
    internal static Failure NoConfig(string folder) => new(
        FailureId.NotAVirtualEnvironment, $"'{folder}' is not a virtual environment: it has no pyvenv.cfg; it was not removed.", folder,
        ListVirtual());

    /// <summary>The environment is below a root.</summary>
    internal static Failure BelowRoot(PythonEnvironment environment) => new(
        FailureId.OfflineEnvironment,
        $"'{environment.Prefix}' is below the root '{environment.Root}' and was not removed: nothing below a root is changed.",
        environment);

    /// <summary>A link leads to it.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="link">The link.</param>
    internal static Failure Link(PythonEnvironment environment, string link) => new(
        FailureId.NotAVirtualEnvironment, $"'{link}' is a link to '{environment.Prefix}'; nothing was removed.", environment,
        CommonRemedies.RemoveVenv(environment.Prefix) with { Reason = "removes the environment" },
        new Remedy("removes only the link", new RemovePathStep(false, link)));

    /// <summary>A file names it.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="file">The file.</param>
    internal static Failure File(PythonEnvironment environment, string file) => new(
        FailureId.NotAVirtualEnvironment, $"'{file}' is a file that names '{environment.Prefix}'; nothing was removed.", environment,
        CommonRemedies.RemoveVenv(environment.Prefix) with { Reason = "removes the environment" });

    /// <summary>Another user decided where its path leads.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="path">The path by which it was found.</param>
    internal static Failure ForeignLink(PythonEnvironment environment, string path) => new(
        FailureId.VenvNotWritten,
        $"'{path}' leads through a link of another user to '{environment.Prefix}', which is not theirs; nothing was removed.",
        environment);

    /// <summary>A name that no environment has.</summary>
    /// <param name="text">The name.</param>
    internal static Failure NotFound(string text) => new(
        FailureId.EnvironmentNotFound, $"No virtual environment has the name or path '{text}'; nothing was removed.", text, ListVirtual());

    /// <summary>A version where one environment is expected.</summary>
    /// <param name="text">The version.</param>
    /// <param name="isFound">Whether environments of that version exist.</param>
    internal static Failure Version(string text, bool isFound) => new(
        FailureId.EnvironmentNotFound, $"'{text}' is a version; this parameter accepts the path or name of one virtual environment.", text,
        !isFound ? ListVirtual()
            : new Remedy("lists the environments of that version",
                new ProductStep(ProductCommand.ListEnvironments).With(ProductParameter.Version, text)
                    .With(ProductParameter.Kind, nameof(EnvironmentKind.Virtual))));

    /// <summary>Several environments have that name.</summary>
    /// <param name="text">The name.</param>
    /// <param name="found">The environments.</param>
    internal static Failure Ambiguous(string text, IReadOnlyList<PythonEnvironment> found) => new(
        FailureId.EnvironmentNotFound,
        FormattableString.Invariant($"'{text}' is the name of {found.Count} virtual environments; nothing was removed."), text,
        [.. found.Take(5).Select(one => CommonRemedies.RemoveVenv(one.Prefix) with { Reason = "removes this one" })]);

    /// <summary>The folder is the user's home folder, or contains it.</summary>
    internal static Failure ContainsHome(PythonEnvironment environment, string home) => new(
        FailureId.NotAVirtualEnvironment, $"'{environment.Prefix}' contains your home folder '{home}'; it was not removed.", environment);

    /// <summary>The folder has files that are not part of an environment.</summary>
    internal static Failure OtherFiles(PythonEnvironment environment, IReadOnlyList<string> names) => new(
        FailureId.NotAVirtualEnvironment,
        $"'{environment.Prefix}' also contains files that are not part of a virtual environment ({List(names)}); it was not removed.",
        environment);

    /// <summary>It is that of an application, which has commands in another folder.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="installer">What installed the application.</param>
    internal static Failure Application(PythonEnvironment environment, PythonApplicationInstaller installer) => new(
        FailureId.NotAVirtualEnvironment,
        $"'{environment.Prefix}' belongs to an application that {(installer == PythonApplicationInstaller.Uv ? "uv" : "pipx")} installed; "
            + "it was not removed.",
        environment,
        new Remedy("removes the application and its commands", new ProductStep(ProductCommand.UninstallApplication)
            .With(ProductParameter.Name, Path.GetFileName(environment.Prefix)).With(ProductParameter.Installer, installer.ToString())),
        new Remedy("removes only the environment", Remove(environment).With(ProductParameter.Force)));

    /// <summary>It has the pip of all applications of pipx.</summary>
    internal static Failure SharedByApplications(PythonEnvironment environment) => new(
        FailureId.NotAVirtualEnvironment,
        $"'{environment.Prefix}' contains the pip that all applications of pipx use; it was not removed.", environment,
        new Remedy("removes it; pipx creates it again", Remove(environment).With(ProductParameter.Force)));

    /// <summary>The environment is active.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="isEntered">Whether this module activated it in this session.</param>
    internal static Failure Active(PythonEnvironment environment, bool isEntered) => new(
        FailureId.EnvironmentBusy,
        $"'{environment.Prefix}' {(isEntered ? "was activated in this session and not deactivated" : "is active")}; it was not removed.",
        environment,
        new Remedy(isEntered ? "deactivates and removes it" : "removes it although it is active",
            Remove(environment).With(ProductParameter.Force)));

    /// <summary>A folder in it whose files the user may not delete.</summary>
    internal static Failure Denied(PythonEnvironment environment, string folder) => new(
        FailureId.VenvNotWritten,
        $"'{environment.Prefix}' cannot be removed: you may not delete the files in '{folder}'; nothing was changed.", environment,
        CommonRemedies.RemoveVenv(environment.Prefix).AsRoot(needsRoot: true));

    /// <summary>Another file system is mounted in it.</summary>
    internal static Failure Mounted(PythonEnvironment environment, string folder) => new(
        FailureId.VenvNotWritten,
        $"'{environment.Prefix}' cannot be removed: another file system is mounted at '{folder}'; nothing was changed.", environment);

    /// <summary>The folder was changed since it was read.</summary>
    internal static Failure Changed(PythonEnvironment environment) => new(
        FailureId.VenvNotWritten, $"'{environment.Prefix}' was changed by another process at the same time; it was not removed.",
        environment);

    /// <summary>It could not be removed, and is unchanged.</summary>
    internal static Failure NotRemoved(PythonEnvironment environment, string reason, Exception? cause) => new(
        FailureId.VenvNotWritten, $"'{environment.Prefix}' could not be removed: {Sentence.ToClause(reason)}.", environment)
    {
        Cause = cause,
    };

    /// <summary>It was removed from its place, and some of its files could not be deleted.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="folder">Where the files are.</param>
    /// <param name="reason">Why not.</param>
    /// <param name="cause">What was thrown.</param>
    internal static Failure FilesLeft(PythonEnvironment environment, string folder, string reason, Exception? cause) => new(
        FailureId.VenvNotWritten,
        $"'{environment.Prefix}' was removed, but some of its files could not be deleted from '{folder}': {Sentence.ToClause(reason)}.",
        environment, new Remedy("deletes the rest", new RemovePathStep(true, folder)))
    {
        Cause = cause,
    };

    /// <summary>Its folder could not be renamed, and not everything in it could be deleted.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="names">What is left in it.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cause">What was thrown.</param>
    internal static Failure ContentLeft(PythonEnvironment environment, IReadOnlyList<string> names, string reason, Exception? cause) => new(
        FailureId.VenvNotWritten,
        $"'{environment.Prefix}' was removed only in part: {Sentence.ToClause(reason)}; it still contains {string.Join(", ", names)}.",
        environment)
    {
        Cause = cause,
    };

    /// <summary>Everything in it was deleted, and its folder could not be.</summary>
    /// <param name="environment">The environment.</param>
    /// <param name="reason">Why.</param>
    /// <param name="cause">What was thrown.</param>
    internal static Failure FolderLeft(PythonEnvironment environment, string reason, Exception? cause) => new(
        FailureId.VenvNotWritten,
        $"Everything in '{environment.Prefix}' was deleted, but not the folder itself: {Sentence.ToClause(reason)}.", environment)
    {
        Cause = cause,
    };

    /// <summary>pipx manages it, and keeps links to its commands in another folder.</summary>
    internal static Notice ManagedByPipx(PythonEnvironment environment) =>
        ManagedByTool(environment, "pipx", new("pipx", "uninstall", Path.GetFileName(environment.Prefix)));

    /// <summary>uv manages it as a tool, and keeps links to its commands in another folder.</summary>
    internal static Notice ManagedByUv(PythonEnvironment environment) =>
        ManagedByTool(environment, "uv", new("uv", "tool", "uninstall", Path.GetFileName(environment.Prefix)));

    /// <summary>It was removed and is active: this module did not activate it.</summary>
    /// <param name="prefix">Its folder.</param>
    /// <param name="hasDeactivate">Whether the session has the function that deactivates it.</param>
    internal static Notice StillActive(string prefix, bool hasDeactivate) => new(
        $"'{prefix}' was not activated by this module; VIRTUAL_ENV and PATH still contain its path.",
        hasDeactivate ? [new Remedy("deactivates it", new ProgramStep("deactivate"))] : []);

    /// <summary>What the user is asked to confirm.</summary>
    /// <param name="others">The names of files that are not part of an environment.</param>
    internal static string Action(IReadOnlyList<string> others) => others.Count == 0 ? "Remove the virtual environment"
        : $"Remove the virtual environment and the other files in its folder ({List(others)})";

    /// <summary>The verbose line of an environment that was removed.</summary>
    internal static string Removed(string prefix) => $"Removed '{prefix}'.";

    /// <summary>The verbose line of a folder whose content is deleted without moving it first.</summary>
    internal static string InPlace(string prefix, string reason) =>
        $"Deleting the files in '{prefix}' one after the other because the folder cannot be moved: {Sentence.ToClause(reason)}.";

    /// <summary>The step that removes it.</summary>
    internal static ProductStep Remove(PythonEnvironment environment) =>
        new ProductStep(ProductCommand.RemoveVenv).With(ProductParameter.Environment, environment.Prefix);

    private static Notice ManagedByTool(PythonEnvironment environment, string tool, ProgramStep uninstall) => new(
        $"{tool} manages '{environment.Prefix}'; its commands in other folders are not removed with it.",
        new Remedy("removes it with its commands", uninstall));

    private static Remedy ListVirtual() => new("lists the virtual environments", new ProductStep(ProductCommand.ListEnvironments)
        .With(ProductParameter.Kind, nameof(EnvironmentKind.Virtual)));

    private static string List(IReadOnlyList<string> names) => string.Join(", ", names.Take(Shown)) + (names.Count > Shown ? ", …" : "");
}
