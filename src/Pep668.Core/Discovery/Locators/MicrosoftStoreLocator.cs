using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>
/// Python from the Microsoft Store. <c>%LOCALAPPDATA%\Microsoft\WindowsApps</c> holds app execution aliases, which are
/// no interpreters, and a folder for each package; the registry's repository of packages says where the package's files
/// are. As in python-environment-tools, <c>crates/pet-windows-store/src/environments.rs</c>.
/// </summary>
internal sealed class MicrosoftStoreLocator : Locator
{
    private const string Family = "PythonSoftwareFoundation.Python.";
    private const string Repository =
        @"HKEY_CURRENT_USER\Software\Classes\Local Settings\Software\Microsoft\Windows\CurrentVersion\AppModel";

    internal override string Name => nameof(PythonManager.MicrosoftStore);

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.MicrosoftStore];

    internal override IEnumerable<string> Find(Machine machine) =>
        Packages(machine).SelectMany(
            package => (string[])[Path.Combine(package.Folder, $"python{package.Series}.exe"), Path.Combine(package.Folder, "python.exe")]);

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        machine.Platform == Platform.Windows && !environment.IsVirtual
        && Path.GetFileName(environment.Prefix).StartsWith(Family, StringComparison.OrdinalIgnoreCase)
        && string.Equals(Path.GetFileName(Path.GetDirectoryName(environment.Prefix)), "WindowsApps", StringComparison.OrdinalIgnoreCase)
            ? PythonManager.MicrosoftStore
            : null;

    internal override IReadOnlyList<string>? FollowShim(Machine machine, string shim)
    {
        if (machine.Platform != Platform.Windows || !InterpreterLauncher.IsAppAlias(shim))
        {
            return null;
        }
        // Which of several packages an alias without a version means is Windows's secret.
        string command = Path.GetFileName(shim);
        string folder = Path.GetFileName(Path.GetDirectoryName(shim))!;
        (string Family, string Series, string Folder)[] packages = [.. Packages(machine)];
        (string Family, string Series, string Folder)[] selected = packages.Length == 1 ? packages
            : [.. packages.Where(package => string.Equals(package.Family, folder, StringComparison.OrdinalIgnoreCase)
                || Path.GetFileNameWithoutExtension(command).EndsWith(package.Series, StringComparison.Ordinal))];
        return [.. selected.Take(1).Select(package => Path.Combine(package.Folder, command)).Where(machine.Files.IsFile)];
    }

    private static IEnumerable<(string Family, string Series, string Folder)> Packages(Machine machine)
    {
        if (machine.Platform != Platform.Windows || machine.Variable("LOCALAPPDATA") is not string local)
        {
            yield break;
        }
        foreach (string path in FoldersIn(machine.Files, Path.Combine(local, "Microsoft", "WindowsApps")))
        {
            string family = Path.GetFileName(path);
            if (family.StartsWith(Family, StringComparison.OrdinalIgnoreCase)
                && machine.Registry.Value($@"{Repository}\SystemAppData\{family}\Schemas", "PackageFullName", wide: true) is string package
                && machine.Registry.Value($@"{Repository}\Repository\Packages\{package}", "PackageRootFolder", wide: true) is string folder
                && Path.IsPathRooted(folder))
            {
                yield return (family, family[Family.Length..].Split('_')[0], Path.TrimEndingDirectorySeparator(folder));
            }
        }
    }
}
