using Pep668.Environments;
using Pep668.Machines;
using Pep668.Packages;

namespace Pep668.Venvs.Repair;

/// <summary>The distributions of an environment, and the version of Python that they were installed for.</summary>
/// <param name="Series">The folder of its library, such as <c>python3.11</c>; null if it is missing, and on
/// Windows.</param>
/// <param name="Version">The version that it was created with.</param>
/// <param name="Distributions">What is installed, as <c>name==version</c>, without pip, setuptools and wheel.</param>
internal sealed record InstalledLibraries(string? Series, Version? Version, IReadOnlyList<string> Distributions)
{
    private static readonly string[] Seeds = ["pip", "setuptools", "wheel"];

    /// <summary>Reads the names of its folders.</summary>
    internal static InstalledLibraries In(FileTree files, PythonEnvironment environment)
    {
        string lib = Path.Combine(environment.Prefix, "lib");
        (string Name, string[] Distributions)[] found =
        [
            .. files.List(lib).Where(item => InterpreterName.Parse(item.Name) is { Minor: not null })
                .Select(item => (item.Name, Named(files, Path.Combine(lib, item.Name, "site-packages"))))
                .OrderByDescending(one => one.Item2.Length).ThenByDescending(one => one.Name.Length)
                .ThenByDescending(one => one.Name, StringComparer.Ordinal),
        ];
        Version? made = InterpreterVersion.Numbers(environment.Config?.Version);
        if (found.Length == 0)
        {
            return new(null, made, Named(files, Path.Combine(environment.Prefix, "Lib", "site-packages")));
        }
        return InterpreterName.Parse(found[0].Name) is { Major: int major, Minor: int minor }
            ? new(found[0].Name, new Version(major, minor), found[0].Distributions)
            : new(null, made, found[0].Distributions);
    }

    private static string[] Named(FileTree files, string folder) =>
    [
        .. InstalledDistributions.NamesIn(files, folder)
            .Where(one => one.Version is not null && !Seeds.Contains(one.Name, StringComparer.OrdinalIgnoreCase))
            .Select(one => $"{one.Name}=={one.Version}")
            .Order(StringComparer.OrdinalIgnoreCase),
    ];
}
