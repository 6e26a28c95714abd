using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Pip.Applications;

/// <summary>The environments in a folder of applications.</summary>
internal static class ApplicationFolders
{
    /// <summary>The folders of applications, by name. What begins with another character belongs to the installer
    /// itself, or is not finished.</summary>
    internal static IEnumerable<string> In(FileTree files, string folder) =>
        files.List(folder)
            .Where(item => item.Kind is FileKind.Directory or FileKind.Link && char.IsAsciiLetterOrDigit(item.Name[0]))
            .Select(item => Path.Combine(folder, item.Name))
            .Order(StringComparer.Ordinal);

    /// <summary>The environment of an application; null if the folder is not one.</summary>
    /// <param name="catalog">The catalog of the machine.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="record">What its installer has recorded.</param>
    /// <param name="manager">What created it.</param>
    internal static PythonEnvironment? Read(EnvironmentCatalog catalog, string folder, ApplicationRecord record, PythonManager manager)
    {
        FileTree files = catalog.Machine.Files;
        string name = Path.GetFileName(folder);
        bool isVirtual = files.IsFile(Path.Combine(folder, PyVenvConfigFile.FileName));
        if (record.State == RecordState.Missing && !isVirtual)
        {
            return null;
        }
        PythonEnvironment environment = catalog.ReadOne(folder).Environment ?? new()
        {
            Name = name,
            Kind = EnvironmentKind.Virtual,
            IsVirtual = true,
            Prefix = files.RealPath(folder) ?? folder,
            Executable = Path.Combine(folder, catalog.Machine.Platform == Platform.Windows ? @"Scripts\python.exe" : "bin/python"),
            Health = EnvironmentHealth.Broken,
            Problem = ApplicationMessages.NoEnvironment(),
        };
        return environment with
        {
            Manager = manager,
            Health = record.State == RecordState.Complete ? environment.Health : EnvironmentHealth.Broken,
            // Without its record, its installer repairs nothing.
            Problem = record.State switch
            {
                RecordState.Complete => environment.Problem,
                RecordState.Missing => environment.Problem ?? ApplicationMessages.NotComplete(),
                _ => ApplicationMessages.BadRecord(record),
            },
        };
    }

    /// <summary>The folder of the commands in an environment.</summary>
    internal static string Scripts(Machine machine, string folder) =>
        Path.Combine(folder, machine.Platform == Platform.Windows ? "Scripts" : "bin");
}
