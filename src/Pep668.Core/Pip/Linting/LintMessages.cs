namespace Pep668.Pip.Linting;

/// <summary>The errors and warnings of the search for overrides in files.</summary>
internal static class LintMessages
{
    /// <summary>A path that does not exist.</summary>
    /// <param name="path">The path.</param>
    internal static Failure NoPath(string path) => new(FailureId.PathNotFound, $"'{path}' does not exist.", path);

    /// <summary>A baseline that does not exist.</summary>
    /// <param name="path">The file.</param>
    internal static Failure NoBaseline(string path) => new(FailureId.PathNotFound, $"The baseline '{path}' does not exist.", path);

    /// <summary>A file that is not a baseline.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">Why, as a clause.</param>
    internal static Failure InvalidBaseline(string path, string problem) =>
        new(FailureId.InvalidBaseline, $"'{path}' is not a baseline: {problem}.", path);

    /// <summary>A baseline could not be written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">Why, as a clause.</param>
    internal static Failure BaselineNotWritten(string path, string problem) =>
        new(FailureId.BaselineNotWritten, $"The baseline '{path}' could not be written: {problem}.", path);

    /// <summary>Folders or files that could not be read.</summary>
    /// <param name="paths">The folders and files, at least one.</param>
    internal static Notice Unreadable(IReadOnlyList<string> paths) => new(paths.Count == 1
        ? $"'{paths[0]}' could not be read; overrides in it are not found."
        : FormattableString.Invariant(
            $"{paths.Count} files or folders, such as '{paths[0]}', could not be read; overrides in them are not found."));
}
