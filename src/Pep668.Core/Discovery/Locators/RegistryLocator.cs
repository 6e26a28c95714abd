using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>
/// PEP 514: <c>Software\Python\COMPANY\TAG\InstallPath</c> in <c>HKEY_CURRENT_USER</c>, then in both views of
/// <c>HKEY_LOCAL_MACHINE</c>; its default value is the folder, its <c>ExecutablePath</c> the interpreter. The company
/// says who made it: <c>PythonCore</c> is python.org.
/// </summary>
internal sealed class RegistryLocator : Locator
{
    private static readonly (string Hive, bool Wide)[] Views =
        [("HKEY_CURRENT_USER", true), ("HKEY_LOCAL_MACHINE", true), ("HKEY_LOCAL_MACHINE", false)];

    internal override string Name => FoundBy.Registry;

    internal override IEnumerable<string> Find(Machine machine) =>
        Registered(machine).Select(one => one.Executable ?? one.Folder).OfType<string>();

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        machine.Platform != Platform.Windows || environment.IsVirtual ? null
        : Registered(machine)
            .Where(one => (one.Folder is string folder && IsSameFolder(machine, folder, environment.Prefix))
                || (one.Executable is string executable && Path.GetDirectoryName(executable) is string bin
                    && IsSameFolder(machine, bin, environment.Prefix)))
            .Select(one => one.Maker)
            .FirstOrDefault(maker => maker is not null);

    private static IEnumerable<(PythonManager? Maker, string? Folder, string? Executable)> Registered(Machine machine)
    {
        foreach ((string hive, bool wide) in machine.Platform == Platform.Windows ? Views : [])
        {
            string root = hive + @"\Software\Python";
            foreach (string company in machine.Registry.SubKeys(root, wide).Where(company => company is not "PyLauncher")
                .Order(StringComparer.OrdinalIgnoreCase))
            {
                foreach (string tag in machine.Registry.SubKeys($@"{root}\{company}", wide).Order(StringComparer.OrdinalIgnoreCase))
                {
                    string key = $@"{root}\{company}\{tag}";
                    // PyManager registers what it installs under the name of who built it (its
                    // src/manage/pep514utils.py).
                    PythonManager? maker =
                        machine.Registry.Value(key, "ManagedByPyManager", wide) is { Length: > 0 } and not "0" ? PythonManager.PyManager
                        : company.ToUpperInvariant() switch
                        {
                            "PYTHONCORE" => PythonManager.PythonOrg,
                            "ASTRAL" => PythonManager.Uv,
                            "CONTINUUMANALYTICS" => PythonManager.Conda,
                            _ => null,
                        };
                    key += @"\InstallPath";
                    yield return (maker, Rooted(machine.Registry.Value(key, "", wide)),
                        Rooted(machine.Registry.Value(key, "ExecutablePath", wide)));
                }
            }
        }
    }

    private static string? Rooted(string? path) =>
        path?.Trim('"') is { Length: > 0 } text && Path.IsPathRooted(text)
            ? Path.TrimEndingDirectorySeparator(Path.GetFullPath(text))
            : null;
}
