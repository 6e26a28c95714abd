using Pep668.Discovery;
using Pep668.Discovery.Locators;
using Pep668.Machines;

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
            var metadata = PipxMetadata.Read(catalog.Machine.Files, Path.Combine(folder, PipxLocator.Metadata));
            if (ApplicationFolders.Read(catalog, folder, metadata is not null, PythonManager.Pipx) is not PythonEnvironment environment)
            {
                continue;
            }
            string name = Path.GetFileName(folder);
            yield return InstalledApplication.Complete(catalog.Machine, new()
            {
                Application = new()
                {
                    Name = name,
                    Version = metadata?.Version,
                    Installer = PythonApplicationInstaller.Pipx,
                    Environment = environment,
                },
                Package = metadata?.Package ?? name,
                Home = home,
                CommandFolder = commandFolder,
                Commands = commandFolder is null ? [] : [.. Commands(catalog.Machine, folder, commandFolder, metadata, folders)],
            });
        }
    }

    private static IEnumerable<ExposedCommand> Commands(
        Machine machine, string folder, string commandFolder, PipxMetadata? metadata, CommandFolders folders) =>
        (machine.Platform == Platform.Windows
            ? (metadata?.Apps ?? []).Distinct(StringComparer.OrdinalIgnoreCase).Select(name => Path.Combine(commandFolder, name))
                .Where(machine.Files.IsFile).Order(StringComparer.OrdinalIgnoreCase)
            : folders.LinksTo(commandFolder, ApplicationFolders.Scripts(machine, folder)))
        .Select(path => new ExposedCommand(Path.GetFileName(path), path));
}
