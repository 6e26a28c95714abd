using Pep668.DesiredState;

namespace Pep668.Cli;

/// <summary>What only the companion writes: its usage errors and its lines beside results.</summary>
internal static class CompanionMessages
{
    /// <summary>The name of the program.</summary>
    internal const string ProgramName = "pep668";

    /// <summary>A command that does not exist.</summary>
    /// <param name="command">What was typed.</param>
    /// <param name="nearest">The command with the most similar name; null if none is similar.</param>
    internal static string UnknownCommand(string command, string? nearest) => $"Unknown command '{command}'{Nearest(nearest)}.";

    /// <summary>An option that the command does not have.</summary>
    /// <param name="option">What was typed.</param>
    /// <param name="nearest">The option with the most similar name; null if none is similar.</param>
    /// <param name="owners">The commands that have it, for an option without a similar one.</param>
    internal static string UnknownOption(string option, string? nearest, IReadOnlyList<string> owners) =>
        $"Unknown option '{option}'"
            + (nearest is null && owners.Count > 0 ? $"; it is an option of {List(owners)}." : Nearest(nearest) + ".");

    /// <summary>An argument after the last one.</summary>
    internal static string UnexpectedArgument(string argument) => $"Unexpected argument '{argument}'.";

    /// <summary>An argument with bytes that are not UTF-8.</summary>
    internal static string UndecodedArgument(string argument) => $"The argument '{argument}' is not valid UTF-8; nothing was done.";

    /// <summary>A working folder whose path has bytes that are not UTF-8.</summary>
    internal static string UndecodedFolder(string folder) =>
        $"The path of the working folder '{folder}' is not valid UTF-8; nothing was done.";

    /// <summary>An argument or a value without a text.</summary>
    /// <param name="name">The argument in angle brackets, or the option.</param>
    internal static string Empty(string name) => $"The value of {name} is empty.";

    /// <summary>A command line without a command.</summary>
    internal static string NoCommand() => "No command was given.";

    /// <summary>A required argument that is missing.</summary>
    internal static string NoArgument(string argument) => $"The argument <{argument}> is missing.";

    /// <summary>An option without its value.</summary>
    internal static string NoValue(string option) => $"The option {option} requires a value.";

    /// <summary>A switch with a value.</summary>
    internal static string NotAValue(string option) => $"The option {option} does not take a value.";

    /// <summary>An option of one value that was given twice.</summary>
    internal static string Repeated(string option) => $"The option {option} was given more than once.";

    /// <summary>An option that allows no others.</summary>
    internal static string Alone(string option) => $"The option {option} cannot be used with other options or a command.";

    /// <summary>An environment that was given as an argument and as an option.</summary>
    /// <param name="option">The option as it was typed.</param>
    internal static string EnvironmentTwice(string option) => $"The environment was given twice: as an argument, and with {option}.";

    /// <summary>An environment and folders of packages, of which one can be listed.</summary>
    internal static string EnvironmentAndPath() => "An environment cannot be used with --path.";

    /// <summary>The value of an option that accepts a few words only.</summary>
    /// <param name="option">The option.</param>
    /// <param name="words">The words.</param>
    internal static string InvalidChoice(string option, IReadOnlyList<string> words) => $"The value of {option} must be {OneOf(words)}.";

    /// <summary>An operation that resources do not have.</summary>
    internal static string InvalidOperation(IReadOnlyList<string> words) => $"The operation of a resource must be {OneOf(words)}.";

    /// <summary>Only set changes something.</summary>
    internal static string WhatIfWithoutSet() => "The option --what-if can be used with set only.";

    /// <summary>No desired state, neither as an option nor on standard input.</summary>
    /// <param name="type">The resource.</param>
    internal static Failure NoState(string type) => ResourceMessages.NotJson(type, "standard input is empty, and --input was not given");

    /// <summary>A module that the program does not have.</summary>
    internal static string InvalidModule(IReadOnlyList<string> words) => $"The module of Ansible must be {OneOf(words)}.";

    /// <summary>Parameters without the name of a module.</summary>
    /// <param name="key">The parameter that contains it.</param>
    /// <param name="words">The modules.</param>
    internal static Failure UnknownModule(string key, IReadOnlyList<string> words) =>
        new(FailureId.InvalidResource, $"The parameter '{key}' must be {OneOf(words)}.", key);

    /// <summary>A parameter that a module does not have.</summary>
    /// <param name="module">The module.</param>
    /// <param name="key">What was given.</param>
    /// <param name="words">The parameters.</param>
    internal static Failure UnknownParameter(string module, string key, IReadOnlyList<string> words) =>
        new(FailureId.InvalidResource, $"{module} has no parameter '{key}'; it has {string.Join(", ", words)}.", key);

    /// <summary>A file with parameters that could not be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="reason">Why, as a clause.</param>
    internal static Failure NoParameters(string path, string reason) =>
        new(FailureId.PathNotFound, $"The parameters in '{path}' could not be read: {reason}.", path);

    /// <summary>Names of applications and the option for all of them.</summary>
    internal static string AllAndNames() => "The option --all cannot be used with names.";

    /// <summary>Neither names nor the option for all.</summary>
    internal static string NoNames() => "Neither names of applications nor --all was given.";

    /// <summary>No application is installed.</summary>
    internal static string NoApplications() => "No applications were found.";

    /// <summary><c>--clear-cache</c> with a folder.</summary>
    internal static string ClearCacheWithPath() => "The option --clear-cache cannot be used with a path.";

    /// <summary>The value of <c>--depth</c>.</summary>
    internal static string InvalidDepth() => "The value of --depth must be a number, 0 or greater.";

    /// <summary>Where correct usage is described.</summary>
    /// <param name="command">The command; null for the program.</param>
    internal static string Usage(string? command) => $"    {ProgramName} {(command is null ? "" : command + " ")}--help";

    /// <summary>Standard output accepts no more.</summary>
    /// <param name="problem">Why, in words.</param>
    internal static string NotWritten(string problem) => $"The result could not be written: {problem}";

    /// <summary>The system gives this program no more files.</summary>
    /// <param name="problem">Why, in words.</param>
    internal static string NotLoaded(string problem) => $"A part of this program could not be loaded: {problem}";

    /// <summary>A list without results.</summary>
    internal static string NothingFound() => "No Python was found.";

    /// <summary>The problem of a listed environment.</summary>
    internal static string Problem(string executable, string problem) => $"{executable}: {problem}";

    /// <summary>The answer of <c>check</c>.</summary>
    internal static string Managed(PythonEnvironment environment) => environment.IsExternallyManaged
        ? $"{environment.Executable} is externally managed: {environment.MarkerPath}"
        : $"{environment.Executable} is not externally managed" + (environment.IsVirtual ? ": it is a virtual environment" : "");

    /// <summary>The file of a marker.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">Why pip cannot read its message; null if it can.</param>
    internal static string MarkerFile(string path, string? problem) => problem is null
        ? $"Marker: {path}"
        : $"Marker: {path} (invalid, so this is pip's default message): {problem}";

    /// <summary>An environment without a marker.</summary>
    internal static string NoMarker(string executable) => $"'{executable}' is not externally managed: it has no marker.";

    /// <summary>Nothing overrides PEP 668.</summary>
    internal static string NoOverride() => "Nothing sets break-system-packages.";

    /// <summary>Past installs have broken nothing.</summary>
    internal static string NoConflict() => "No conflicts found.";

    /// <summary>No file overrides PEP 668.</summary>
    /// <param name="accepted">How many findings the baseline accepts.</param>
    internal static string NoOverrideUse(int accepted) =>
        accepted == 0 ? "No overrides found." : $"No overrides found besides the {Findings(accepted)} that the baseline accepts.";

    /// <summary>How much was found.</summary>
    /// <param name="findings">How many findings.</param>
    /// <param name="files">In how many files.</param>
    internal static string OverrideUses(int findings, int files) =>
        FormattableString.Invariant($"{Findings(findings)} in {files} {(files == 1 ? "file" : "files")}");

    /// <summary>A baseline was written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="findings">How many findings it accepts.</param>
    internal static string BaselineWritten(string path, int findings) => $"'{path}' accepts {Findings(findings)}.";

    /// <summary>How many files were read.</summary>
    internal static string FilesRead(int files) => FormattableString.Invariant($"{files} {(files == 1 ? "file" : "files")} read");

    /// <summary>Two options of which one can be given.</summary>
    /// <param name="option">The first.</param>
    /// <param name="other">The second.</param>
    internal static string NotTogether(string option, string other) => $"The options {option} and {other} cannot be used together.";

    /// <summary>No package is installed.</summary>
    internal static string NoPackages() => "No packages were found.";

    private static string OneOf(IReadOnlyList<string> words) =>
        (words.Count == 1 ? "" : string.Join(", ", words.SkipLast(1)) + " or ") + words[^1];

    private static string Findings(int count) =>
        FormattableString.Invariant($"{count} {(count == 1 ? "finding" : "findings")}");

    private static string Nearest(string? name) => name is null ? "" : $"; the nearest is '{name}'";

    private static string List(IReadOnlyList<string> names)
    {
        string[] quoted = [.. names.Select(one => $"'{one}'")];
        return quoted.Length == 1 ? quoted[0] : $"{string.Join(", ", quoted[..^1])} and {quoted[^1]}";
    }
}
