using System.Text.Json;
using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>
/// The Python install manager for Windows (PEP 773): a folder with <c>__install__.json</c> for each runtime in
/// <c>install_dir</c>, by default <c>%LOCALAPPDATA%\Python</c> (<c>src/pymanager.json</c>,
/// <c>src/manage/installs.py</c>). That setting is read from the policy in the registry, then from the file that
/// <c>PYTHON_MANAGER_CONFIG</c> names, then from <c>%APPDATA%\Python\PyManager.json</c> (<c>src/manage/config.py</c>).
/// Its commands in <c>bin</c> are launchers with the path of what they start in a <c>.__target__</c> beside them
/// (<c>src/manage/aliasutils.py</c>).
/// </summary>
internal sealed class PyManagerLocator : Locator
{
    private const string Metadata = "__install__.json";
    private const string Setting = "install_dir";

    internal override string Name => nameof(PythonManager.PyManager);

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.PyManager];

    internal override IEnumerable<string> Find(Machine machine) =>
        InstallFolder(machine) is not string installs ? []
        : FoldersIn(machine.Files, installs)
            .Where(folder => machine.Files.IsFile(Path.Combine(folder, Metadata)))
            .Select(folder =>
                Text(machine, Path.Combine(folder, Metadata), "executable") is string executable ? PathIn(folder, executable) : folder);

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        machine.Platform == Platform.Windows && !environment.IsVirtual && machine.Files.IsFile(Path.Combine(environment.Prefix, Metadata))
            ? PythonManager.PyManager
            : null;

    internal override string? NameOf(PythonEnvironment environment) => Path.GetFileName(environment.Prefix);

    internal override IReadOnlyList<string>? FollowShim(Machine machine, string shim) =>
        machine.Platform != Platform.Windows || machine.Files.ReadText(shim + ".__target__", 1 << 15) is not string target ? null
        : target.Trim() is { Length: > 0 } path && Path.IsPathRooted(path) && machine.Files.IsFile(path) ? [path]
        : [];

    private static string? InstallFolder(Machine machine)
    {
        if (machine.Platform != Platform.Windows)
        {
            return null;
        }
        if (machine.Registry.Value(@"HKEY_LOCAL_MACHINE\Software\Policies\Python\PyManager", Setting, wide: true) is { Length: > 0 } policy
            && Expanded(machine, policy) is { } enforced && Path.IsPathRooted(enforced))
        {
            return enforced;
        }
        string?[] files =
        [
            machine.Variable("PYTHON_MANAGER_CONFIG"),
            machine.Variable("APPDATA") is string roaming ? Path.Combine(roaming, "Python", "PyManager.json") : null,
        ];
        foreach (string file in files.OfType<string>())
        {
            string path = machine.Absolute(file);
            if (Text(machine, path, Setting) is { Length: > 0 } text && Expanded(machine, text) is { Length: > 0 } folder)
            {
                return PathIn(Path.GetDirectoryName(path)!, folder);
            }
        }
        return machine.Variable("LOCALAPPDATA") is string local ? Path.Combine(local, "Python") : null;
    }

    private static string PathIn(string folder, string path) =>
        PathText.Absolute(path.Replace('\\', Path.DirectorySeparatorChar), folder);

    // %NAME% and a separator behind it become the variable's value, or nothing.
    private static string Expanded(Machine machine, string text)
    {
        while (text.IndexOf('%', StringComparison.Ordinal) is >= 0 and int start && text.IndexOf('%', start + 1) is > 0 and int end)
        {
            string value = machine.Variables.FirstOrDefault(
                one => string.Equals(one.Key, text[(start + 1)..end], StringComparison.OrdinalIgnoreCase)).Value ?? "";
            bool separated = value.Length == 0 && end + 1 < text.Length && text[end + 1] is '\\' or '/';
            text = text[..start] + value.Replace("%", "", StringComparison.Ordinal) + text[(end + (separated ? 2 : 1))..];
        }
        return text;
    }

    private static string? Text(Machine machine, string path, string name)
    {
        if (machine.Files.Read(path, 1 << 20).Bytes is not byte[] bytes)
        {
            return null;
        }
        try
        {
            ReadOnlyMemory<byte> json = bytes.AsSpan().StartsWith((byte[])[0xEF, 0xBB, 0xBF]) ? bytes.AsMemory(3) : bytes;
            using JsonDocument document = JsonDocument.Parse(json);
            return document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty(name, out JsonElement value)
                && value.ValueKind == JsonValueKind.String
                    ? value.GetString()
                    : null;
        }
        // A string may contain half of a surrogate pair.
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
