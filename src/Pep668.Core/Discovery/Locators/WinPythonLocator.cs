using Pep668.Machines;

namespace Pep668.Discovery.Locators;

/// <summary>
/// WinPython: <c>python</c> (earlier <c>python-X.Y.Z.amd64</c>) in a folder such as <c>WPy64-31401</c>, beside
/// <c>scripts</c> and <c>settings</c> (its <c>winpython/make.py</c>). It is portable and registers nothing:
/// <c>WINPYDIR</c> and <c>WINPYDIRBASE</c>, which its own <c>scripts/env.bat</c> sets, and <c>WINPYTHON_HOME</c>, which
/// python-environment-tools reads (<c>crates/pet-winpython</c>), say where it is.
/// </summary>
internal sealed class WinPythonLocator : Locator
{
    internal override string Name => nameof(PythonManager.WinPython);

    internal override IReadOnlyList<PythonManager> Managers => [PythonManager.WinPython];

    internal override IEnumerable<string> Find(Machine machine) =>
        machine.Platform != Platform.Windows ? []
        : Bases(machine).SelectMany(folder => Pythons(machine, folder)).Prepend(machine.Variable("WINPYDIR")).OfType<string>();

    internal override PythonManager? MakerOf(Machine machine, PythonEnvironment environment) =>
        machine.Platform == Platform.Windows && !environment.IsVirtual && IsPython(environment.Prefix)
        && Path.GetDirectoryName(environment.Prefix) is string folder && IsBase(machine, folder)
            ? PythonManager.WinPython
            : null;

    internal override string? NameOf(PythonEnvironment environment) => Path.GetFileName(Path.GetDirectoryName(environment.Prefix));

    private static IEnumerable<string> Bases(Machine machine)
    {
        IEnumerable<string> homes =
            (machine.Variable("WINPYTHON_HOME") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Where(Path.IsPathRooted);
        return homes
            .SelectMany(home => FoldersIn(machine.Files, home).Where(folder => IsBase(machine, folder)).Prepend(home))
            .Prepend(machine.Variable("WINPYDIRBASE"))
            .OfType<string>()
            .Select(Path.GetFullPath);
    }

    private static IEnumerable<string> Pythons(Machine machine, string folder) => FoldersIn(machine.Files, folder).Where(IsPython);

    private static bool IsPython(string folder)
    {
        string name = Path.GetFileName(folder);
        return string.Equals(name, "python", StringComparison.OrdinalIgnoreCase)
            || (name.StartsWith("python-", StringComparison.OrdinalIgnoreCase) && name.Length > 7 && char.IsAsciiDigit(name[7]));
    }

    // WPy64-31401, WPy32-3890, WPy-3680; renamed, by what make.py puts into it.
    private static bool IsBase(Machine machine, string folder)
    {
        string name = Path.GetFileName(folder);
        return (name.StartsWith("WPy", StringComparison.OrdinalIgnoreCase) && name.Length > 3
            && (name[3] == '-' || char.IsAsciiDigit(name[3])))
            || machine.Files.IsFile(Path.Combine(folder, ".winpython"))
            || machine.Files.IsFile(Path.Combine(folder, "scripts", "WinPythonIni.py"));
    }
}
