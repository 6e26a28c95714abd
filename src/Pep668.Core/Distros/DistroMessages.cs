namespace Pep668.Distros;

/// <summary>The warnings about the files of package managers.</summary>
internal static class DistroMessages
{
    /// <summary>A package database cannot be read, or only in part.</summary>
    /// <param name="database">The program that has it.</param>
    /// <param name="problem">Why, as a clause.</param>
    internal static Notice InvalidDatabase(string database, string problem) =>
        new($"The package database of {database} cannot be read completely: {problem}.");

    /// <summary>A file of an index of packages cannot be read, or only in part.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problem">Why, as a clause.</param>
    internal static Notice InvalidIndex(string file, string problem) =>
        new($"The package index '{file}' cannot be read completely, so packages may not be found: {problem}.");

    /// <summary>A package is installed in the newest version that is known.</summary>
    /// <param name="package">The package.</param>
    /// <param name="version">Its version.</param>
    /// <param name="name">The distribution that it provides.</param>
    /// <param name="distributor">Who distributes it; null if that is not known.</param>
    internal static Notice Installed(string package, string version, string name, string? distributor) =>
        new($"'{package}' {version} is installed: {distributor ?? "the distribution"}'s Python already has '{name}'.");
}
