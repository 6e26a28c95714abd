using Pep668.Discovery;
using Pep668.Machines;
using Pep668.Requirements;

namespace Pep668.Pip.Applications;

/// <summary>The applications of a machine, from their files. Nothing is run.</summary>
internal static class ApplicationCatalog
{
    /// <summary>The applications that pipx and uv installed, by name.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="installer">Whose applications; <see cref="PythonApplicationInstaller.Auto"/> for all.</param>
    internal static IReadOnlyList<InstalledApplication> Read(
        Machine machine, PythonApplicationInstaller installer = PythonApplicationInstaller.Auto)
    {
        var catalog = new EnvironmentCatalog(machine);
        IEnumerable<InstalledApplication> found = installer == PythonApplicationInstaller.Uv ? [] : PipxApplications.Read(catalog);
        found = installer == PythonApplicationInstaller.Pipx ? found : found.Concat(UvApplications.Read(catalog));
        // A home can be a link to another one.
        return [.. found.DistinctBy(one => one.Environment).OrderBy(one => one.Key, StringComparer.Ordinal)];
    }

    /// <summary>The name of the application that has a command; null if none has.</summary>
    internal static string? OwnerOf(IReadOnlyList<InstalledApplication> applications, string command) => applications
        .FirstOrDefault(one => one.Application.Commands.Contains(command, StringComparer.Ordinal))?.Name;

    /// <summary>Those of a name.</summary>
    internal static IReadOnlyList<InstalledApplication> Named(
        IReadOnlyList<InstalledApplication> applications, string name, PythonApplicationInstaller installer)
    {
        string key = NormalizedName.Normalize(name);
        return [.. applications.Where(one => string.Equals(one.Key, key, StringComparison.Ordinal)
            && (installer == PythonApplicationInstaller.Auto || one.Application.Installer == installer))];
    }
}
