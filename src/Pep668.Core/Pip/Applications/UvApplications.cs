using Pep668.Discovery;
using Pep668.Discovery.Locators;
using Pep668.Machines;
using Pep668.Requirements;
using Pep668.Text;

namespace Pep668.Pip.Applications;

/// <summary>
/// The tools of uv: the environments in its folder of tools, with a <c>uv-receipt.toml</c> that names the place of each
/// command (<c>crates/uv-tool/src/tool.rs</c>: <c>tool.entrypoints</c>, <c>name</c> and <c>install-path</c>).
/// </summary>
internal static class UvApplications
{
    private const int Limit = 4 << 20;

    /// <summary>All of them, also incomplete and broken ones.</summary>
    internal static IEnumerable<InstalledApplication> Read(EnvironmentCatalog catalog) =>
        UserFolders.InUse(catalog.Machine, "UV_TOOL_DIR", UvLocator.Tools(catalog.Machine)).SelectMany(tools => In(catalog, tools));

    private static IEnumerable<InstalledApplication> In(EnvironmentCatalog catalog, string tools)
    {
        Machine machine = catalog.Machine;
        var folders = new CommandFolders(machine.Files);
        foreach (string folder in ApplicationFolders.In(machine.Files, tools))
        {
            var record = ApplicationRecord.Read(
                machine.Files, Path.Combine(folder, UvLocator.Receipt), Limit, Parse, out TomlTable? receipt);
            if (ApplicationFolders.Read(catalog, folder, record, PythonManager.Uv) is not PythonEnvironment environment)
            {
                continue;
            }
            string name = Path.GetFileName(folder);
            ExposedCommand[] commands = [.. Entries(receipt).Where(one => IsOwn(machine, one.Path, folder, folders))];
            yield return InstalledApplication.Complete(machine, new()
            {
                Application = new() { Name = name, Installer = PythonApplicationInstaller.Uv, Environment = environment },
                Package = name,
                Record = record,
                Home = tools,
                CommandFolder = Entries(receipt).Select(one => Path.GetDirectoryName(one.Path)).FirstOrDefault(),
                Requirements = [.. (receipt?.Find<List<object>>("tool", "requirements") ?? []).Select(Requirement).OfType<string>()],
                Commands = commands,
            });
        }
    }

    // uv requires the table and the list.
    private static TomlTable? Parse(byte[] bytes) =>
        TomlReader.Read(bytes) is TomlTable receipt && receipt.Find<List<object>>("tool", "entrypoints") is not null ? receipt : null;

    // A text in receipts of the first versions. Other keys name a source: uv knows it from the receipt only.
    private static string? Requirement(object entry) =>
        entry is string text ? text
        : entry is not TomlTable table || table.Find<string>("name") is not string name ? null
        : table.Find<string>("directory") ?? table.Find<string>("path") ?? table.Find<string>("editable")
            ?? (name + (table.Find<List<object>>("extras") is { Count: > 0 } extras ? $"[{string.Join(',', extras)}]" : "")
                + (table.Find<string>("url") is string url ? $" @ {UrlCredentials.WithoutUser(url)}"
                    : table.Find<string>("git") is string git ? $" @ git+{UrlCredentials.WithoutUser(git)}"
                    : table.Find<string>("specifier")));

    private static IEnumerable<ExposedCommand> Entries(TomlTable? receipt) =>
        (receipt?.Find<List<object>>("tool", "entrypoints") ?? []).OfType<TomlTable>()
            .Select(one => (Name: one.Find<string>("name"), Path: one.Find<string>("install-path")))
            .Where(one => one.Name is not null && one.Path is not null && Path.IsPathFullyQualified(one.Path))
            .Select(one => new ExposedCommand(one.Name!, Path.GetFullPath(one.Path!)))
            .OrderBy(one => one.Name, StringComparer.Ordinal);

    // Another installer can have replaced the link. On Windows uv copies the command.
    private static bool IsOwn(Machine machine, string path, string folder, CommandFolders folders) =>
        machine.Platform == Platform.Windows ? machine.Files.IsFile(path)
        : folders.LeadsTo(path, ApplicationFolders.Scripts(machine, folder));
}
