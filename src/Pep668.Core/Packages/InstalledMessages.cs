namespace Pep668.Packages;

/// <summary>The errors and warnings about what is installed.</summary>
internal static class InstalledMessages
{
    /// <summary>A package was named that is not installed.</summary>
    /// <param name="name">The name.</param>
    /// <param name="places">The folder of the environment, or the folders of packages that were read.</param>
    internal static Failure NotInstalled(string name, params IReadOnlyList<string> places) =>
        new(FailureId.PackageNotFound, $"'{name}' is not installed in {string.Join(" or ", places.Select(place => $"'{place}'"))}.", name);

    /// <summary>No package of the system provides a distribution.</summary>
    /// <param name="name">The distribution.</param>
    /// <param name="manager">The package manager; null if it is not known.</param>
    /// <param name="isHere">Whether that system is this machine.</param>
    internal static Failure NoSystemPackage(string name, string? manager, bool isHere) => new(
        FailureId.PackageNotFound, manager is null ? $"The package manager of this system is not known; '{name}' was not searched for."
            : $"No package of {manager} is known to provide '{name}'.", name,
        !isHere ? [] : [new("other ways to install it", new ProductStep(ProductCommand.Advise).With(ProductParameter.Package, name))]);

    /// <summary>A folder of packages does not exist.</summary>
    /// <param name="path">The folder.</param>
    /// <param name="isFile">Whether something else is there.</param>
    internal static Failure NoFolder(string path, bool isFile) => new(
        FailureId.EnvironmentNotFound, isFile ? $"'{path}' is not a folder." : $"Folder '{path}' not found.", path);
}
