namespace Pep668.PowerShell.Errors;

/// <summary>The errors about what PowerShell passes to the cmdlets.</summary>
internal static class ModuleMessages
{
    /// <summary>An object from another machine.</summary>
    /// <param name="environment">The object as text.</param>
    /// <param name="computer">The machine.</param>
    internal static Failure Remote(string environment, string computer) => new(
        FailureId.RemoteEnvironment, $"'{environment}' is on the computer '{computer}', not on this one; it is skipped.", environment,
        new Remedy("opens a session there", new ProgramStep("Enter-PSSession", computer)));

    /// <summary>An object of another type.</summary>
    /// <param name="typeName">The type.</param>
    internal static Failure NotAnEnvironment(string typeName) => new(
        FailureId.EnvironmentNotFound, $"An object of type {typeName} is not an environment.", typeName, CommonRemedies.ListEnvironments());

    /// <summary>An object of another type in the pipeline of a command that installs or removes.</summary>
    /// <param name="typeName">The type.</param>
    internal static Failure NotInstallable(string typeName) => new(
        FailureId.InvalidRequirement, $"An object of type {typeName} is neither an environment nor a package.", typeName);

    /// <summary>An object of another type where an application is expected.</summary>
    /// <param name="typeName">The type.</param>
    internal static Failure NotAnApplication(string typeName) => new(
        FailureId.PackageNotFound, $"An object of type {typeName} is not an application.", typeName,
        new Remedy("lists the applications", new ProductStep(ProductCommand.ListApplications)));

    /// <summary>A pattern where one environment is expected.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="root">The root that is searched; null for this machine.</param>
    internal static Failure Wildcards(string pattern, string? root) => new(
        FailureId.EnvironmentNotFound, $"'{pattern}' contains wildcards; this parameter accepts the path or name of one environment.",
        pattern, CommonRemedies.ListEnvironments(root));

    /// <summary>A pattern with a bracket that is not closed.</summary>
    /// <param name="pattern">The pattern.</param>
    internal static Failure InvalidPattern(string pattern) => new(
        FailureId.EnvironmentNotFound, $"'{pattern}' is not a valid wildcard pattern.", pattern);

    /// <summary>The same in place of the name of a package or of an application.</summary>
    /// <param name="pattern">The pattern.</param>
    internal static Failure InvalidNamePattern(string pattern) => InvalidPattern(pattern) with { Id = FailureId.PackageNotFound };

    /// <summary>PowerShell has removed the last zero of a version.</summary>
    /// <param name="number">The number.</param>
    /// <param name="again">The command with the version as text; null if a remedy cannot express it.</param>
    internal static Failure ReadAsNumber(string number, ProductStep? again) => new(
        FailureId.PythonNotFound, $"No Python matches '{number}'; PowerShell reads {number}0 without quotes as the number {number}.",
        number,
        again is null ? [] : [new Remedy($"uses Python {number}0", again)]);

    /// <summary>A parameter without a text.</summary>
    internal static string EmptyText() => "The text is empty.";

    /// <summary>A text with the character that replaces bytes that are not UTF-8.</summary>
    internal static string UndecodedText(string text) =>
        $"'{text}' contains U+FFFD, which replaces bytes that are not valid UTF-8; such a path is not supported.";

    /// <summary>An environment whose path has bytes that are not UTF-8.</summary>
    internal static Failure Undecoded(string path) => new(FailureId.EnvironmentNotFound, UndecodedText(path), path);

    /// <summary>A path of another provider, such as the registry.</summary>
    /// <param name="text">The path.</param>
    /// <param name="problem">What PowerShell reports; null if it reports nothing.</param>
    internal static string NotAFilePath(string text, string? problem) =>
        $"'{text}' is not a path in the file system{(problem is null ? "." : ": " + problem)}";

    /// <summary>A path that PowerShell cannot resolve to a path of the file system.</summary>
    /// <param name="text">The path.</param>
    /// <param name="problem">Why, in words.</param>
    internal static Failure NoFilePath(string text, string problem) => new(FailureId.EnvironmentNotFound, problem.TrimEnd('.') + ".", text);

    /// <summary>A path of a marker that PowerShell cannot resolve to a path of the file system.</summary>
    /// <param name="text">The path.</param>
    /// <param name="problem">Why, in words.</param>
    internal static Failure NoMarkerPath(string text, string problem) => new(FailureId.InvalidMarker, problem.TrimEnd('.') + ".", text);

    /// <summary>A version where a path is expected.</summary>
    /// <param name="text">The version.</param>
    /// <param name="path">The path that it would be.</param>
    /// <param name="root">The root that is searched; null for this machine.</param>
    internal static Failure VersionAsPath(string text, string path, string? root) => new(
        FailureId.EnvironmentNotFound, $"'{path}' does not exist; '{text}' is a version, not a path.", text,
        new Remedy("lists the Pythons of that version", new ProductStep(ProductCommand.ListEnvironments)
            .With(ProductParameter.Version, text).WithAny(ProductParameter.Root, root is null ? [] : [root])));

    /// <summary>An invalid value of <c>-Version</c>.</summary>
    internal static Failure InvalidVersion(string text) =>
        new(FailureId.InvalidVersion, $"'{text}' is not a version or a version specifier (PEP 440).", text);

    /// <summary>A pattern without matches.</summary>
    internal static string NoMatch(string pattern) => $"Skipping '{pattern}' because it matches no environment.";

    /// <summary>Nothing overrides PEP 668.</summary>
    internal static string NoOverride() => "Nothing sets break-system-packages.";

    /// <summary>Past installs have broken nothing.</summary>
    internal static string NoConflict() => "No conflicts found.";

    /// <summary>How many files were searched for overrides.</summary>
    /// <param name="files">How many files.</param>
    /// <param name="accepted">How many findings the baseline accepts.</param>
    internal static string FilesRead(int files, int accepted) => FormattableString.Invariant(
        $"{files} {(files == 1 ? "file" : "files")} read; the baseline accepts {accepted} {(accepted == 1 ? "finding" : "findings")}");

    /// <summary>The title of the progress of a search.</summary>
    internal static string Searching() => "Searching for Python environments";

    /// <summary>The state of a search.</summary>
    internal static string Searched(int folders) => FormattableString.Invariant($"{folders} folders searched");
}
