namespace Pep668.Cli;

/// <summary>What only the companion writes: its usage errors and its lines beside results.</summary>
internal static class CompanionMessages
{
    /// <summary>An option that the command does not have.</summary>
    internal static string UnknownOption(string option) => $"Unrecognized option '{option}'.";

    /// <summary>The value of <c>--depth</c>.</summary>
    internal static string InvalidDepth() => "The value of --depth must be a number, 0 or greater.";

    /// <summary>Where correct usage is described.</summary>
    /// <param name="command">The command; null for the program.</param>
    internal static string Usage(string? command) => $"    pep668 {(command is null ? "" : command + " ")}--help";

    /// <summary>Standard output accepts no more.</summary>
    /// <param name="problem">Why, in words.</param>
    internal static string NotWritten(string problem) => $"The result could not be written: {problem}";

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
}
