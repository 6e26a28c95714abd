using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>
/// MSYS2: a Python in each of its environments, laid out as on POSIX (<c>bin/python.exe</c>, <c>lib/pythonX.Y</c>),
/// below <c>C:\msys64</c> where its installer puts it or wherever a folder on PATH belongs to one (its documentation,
/// "Environments"; <c>mingw-w64-python/PKGBUILD</c> of MINGW-packages). Its folder is known by <c>msys2_shell.cmd</c>.
/// </summary>
internal sealed class Msys2Locator : Locator
{
    private static readonly string[] Environments = ["ucrt64", "clang64", "clangarm64", "mingw64", "mingw32", "clang32", "usr"];

    internal override string Name => nameof(PythonManager.Msys2);

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.Msys2];

    internal override IEnumerable<string> Find(Machine machine)
    {
        if (machine.Platform != Platform.Windows)
        {
            return [];
        }
        string drive = machine.Variable("SystemDrive") ?? "C:";
        return machine.SearchPath()
            .Where(folder => Path.GetFileName(folder) is "bin")
            .Select(folder => Path.GetDirectoryName(Path.GetDirectoryName(folder)))
            .OfType<string>()
            .Where(root => IsRoot(machine, root))
            .Append(drive + Path.DirectorySeparatorChar + "msys64")
            .Distinct(StringComparer.OrdinalIgnoreCase)
            .SelectMany(root => Environments.Select(name => Path.Combine(root, name, "bin")))
            .SelectMany(folder => InterpretersIn(machine.Files, folder));
    }

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        machine.Platform == Platform.Windows && !environment.IsVirtual
        && Environments.Contains(Path.GetFileName(environment.Prefix), StringComparer.OrdinalIgnoreCase)
        && Path.GetDirectoryName(environment.Prefix) is string root && IsRoot(machine, root)
            ? PythonManager.Msys2
            : null;

    internal override string? NameOf(PythonEnvironment environment) => Path.GetFileName(environment.Prefix);

    private static bool IsRoot(Machine machine, string folder) => machine.Files.IsFile(Path.Combine(folder, "msys2_shell.cmd"));
}
