namespace Pep668.Packages;

/// <summary>The errors and warnings about what is installed.</summary>
internal static class InstalledMessages
{
    /// <summary>A package was named that is not installed.</summary>
    /// <param name="name">The name.</param>
    /// <param name="place">The folder of the environment, or of the packages.</param>
    internal static Failure NotInstalled(string name, string place) =>
        new(FailureId.PackageNotFound, $"'{name}' is not installed in '{place}'.", name);

    /// <summary>A folder of packages does not exist.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="isFile">Whether something else is there.</param>
    internal static Failure NoFolder(string path, bool isFile) => new(
        FailureId.EnvironmentNotFound, isFile ? $"'{path}' is not a folder." : $"Folder '{path}' not found.", path);

    /// <summary>A package database cannot be read, or only in part.</summary>
    /// <param name="database">The program that has it.</param>
    /// <param name="problem">Why, as a clause.</param>
    internal static Notice InvalidDatabase(string database, string problem) =>
        new($"The package database of {database} cannot be read completely: {problem}.");
}
