using Pep668.Discovery;
using Pep668.Discovery.Locators;
using Pep668.Machines;
using Pep668.Packages;
using Pep668.Requirements;

namespace Pep668.Pip.Applications;

/// <summary>
/// The applications of pipx: the environments in <c>venvs</c> below its homes. Their commands are links in
/// <c>PIPX_BIN_DIR</c> or <c>~/.local/bin</c>, for all users in <c>PIPX_GLOBAL_BIN_DIR</c> or <c>/usr/local/bin</c>
/// (<c>src/pipx/paths.py</c>); on Windows they can be copies.
/// </summary>
internal static class PipxApplications
{
    /// <summary>All of them, also incomplete and broken ones.</summary>
    internal static IEnumerable<InstalledApplication> Read(EnvironmentCatalog catalog)
    {
        Machine machine = catalog.Machine;
        var folders = new CommandFolders(machine.Files);
        string? user = CommandFolder(machine, isGlobal: false), global = CommandFolder(machine, isGlobal: true);
        return UserFolders.InUse(machine, "PIPX_HOME", PipxLocator.UserHomes(machine)).SelectMany(home => In(catalog, home, user, folders))
            .Concat(UserFolders.InUse(machine, "PIPX_GLOBAL_HOME", PipxLocator.GlobalHomes(machine))
                .SelectMany(home => In(catalog, home, global, folders).Select(one => one with { IsGlobal = true })));
    }

    private static string? CommandFolder(Machine machine, bool isGlobal) =>
        machine.Variable(isGlobal ? "PIPX_GLOBAL_BIN_DIR" : "PIPX_BIN_DIR") is string named ? machine.Absolute(named)
        : isGlobal ? "/usr/local/bin"
        : UserFolders.Home(machine) is string user ? Path.Combine(user, ".local", "bin")
        : null;

    private static IEnumerable<InstalledApplication> In(
        EnvironmentCatalog catalog, string home, string? commandFolder, CommandFolders folders)
    {
        foreach (string folder in ApplicationFolders.In(catalog.Machine.Files, Path.Combine(home, "venvs")))
        {
            var record = ApplicationRecord.Read(catalog.Machine.Files, Path.Combine(folder, PipxLocator.Metadata), PipxMetadata.Limit,
                PipxMetadata.Parse, out PipxMetadata? metadata);
            if (ApplicationFolders.Read(catalog, folder, record, PythonManager.Pipx) is not PythonEnvironment environment)
            {
                continue;
            }
            string name = Path.GetFileName(folder), package = metadata?.Package ?? PackageIn(catalog.Machine.Files, environment, name);
            yield return InstalledApplication.Complete(catalog.Machine, new()
            {
                Application = new()
                {
                    Name = name,
                    Version = metadata?.Version,
                    Installer = PythonApplicationInstaller.Pipx,
                    Environment = environment,
                },
                Package = package,
                Suffix = name.Length > package.Length ? name[package.Length..] : "",
                Record = record,
                Home = home,
                CommandFolder = commandFolder,
                Commands = commandFolder is null ? [] : [.. Commands(catalog.Machine, folder, commandFolder, metadata, folders)],
            });
        }
    }

    // The name of a folder is that of the package with the suffix of the user.
    private static string PackageIn(FileTree files, PythonEnvironment environment, string folder) =>
        environment.SitePackages.SelectMany(site => InstalledDistributions.NamesIn(files, site))
            .Select(found => NormalizedName.Normalize(found.Name))
            .Where(found => NormalizedName.Normalize(folder).StartsWith(found, StringComparison.Ordinal))
            .MaxBy(found => found.Length) is string package ? folder[..package.Length] : folder;

    private static IEnumerable<ExposedCommand> Commands(
        Machine machine, string folder, string commandFolder, PipxMetadata? metadata, CommandFolders folders) =>
        (machine.Platform == Platform.Windows
            ? (metadata?.Apps ?? []).Distinct(StringComparer.OrdinalIgnoreCase).Select(name => Path.Combine(commandFolder, name))
                .Where(machine.Files.IsFile).Order(StringComparer.OrdinalIgnoreCase)
            : folders.LinksTo(commandFolder, ApplicationFolders.Scripts(machine, folder)))
        .Select(path => new ExposedCommand(Path.GetFileName(path), path));
}
