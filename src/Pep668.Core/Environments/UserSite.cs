using System.Globalization;
using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>
/// The folder of the user's own distributions (PEP 370), which pip also installs into where it may not write elsewhere.
/// </summary>
/// <remarks>
/// <c>getuserbase</c> and <c>getusersitepackages</c> in <c>site.py</c>. Old versions of that module ask
/// <c>sysconfig</c> (its schemes <c>posix_user</c>, <c>nt_user</c> and <c>osx_framework_user</c>), later ones contain a
/// copy. Debian's patches do not change either.
/// </remarks>
internal static class UserSite
{
    /// <summary>
    /// <c>site.getuserbase()</c>, perhaps relative to the current folder; null where the user's home is unknown.
    /// </summary>
    internal static string? Base(Machine machine, PythonEnvironment environment)
    {
        if (machine.Variable("PYTHONUSERBASE") is string given)
        {
            return given;
        }
        if (machine.Platform == Platform.Windows && machine.Variable("APPDATA") is string data)
        {
            return Path.Combine(data, "Python");
        }
        if (UserFolders.Home(machine) is not string home)
        {
            return null;
        }
        return machine.Platform == Platform.Windows ? Path.Combine(home, "Python")
            : Framework(machine, environment) is string framework && Numbers(environment) is (int major, int minor)
                ? Path.Combine(home, "Library", framework, FormattableString.Invariant($"{major}.{minor}"))
            : Path.Combine(home, ".local");
    }

    /// <summary>
    /// <c>site.getusersitepackages()</c> as an absolute path, whether or not that Python imports from it; null where
    /// the version or the user's home is unknown.
    /// </summary>
    internal static string? Find(Machine machine, PythonEnvironment environment)
    {
        if (Base(machine, environment) is not string start || Numbers(environment) is not (int major, int minor))
        {
            return null;
        }
        string name = environment.Implementation is "PyPy" ? "PyPy" : "Python";
        string relative = machine.Platform == Platform.Windows
            ? FormattableString.Invariant($"{name}{major}{minor}{WindowsSuffix(environment, major, minor)}")
            : Framework(machine, environment) is not null ? Path.Combine("lib", "python")
            : Path.Combine("lib", FormattableString.Invariant($"{name.ToLowerInvariant()}{major}.{minor}{Threads(environment)}"));
        return Path.Combine(machine.CurrentDirectory, start, relative, "site-packages");
    }

    /// <summary>The folder where that Python imports from it (<c>site.ENABLE_USER_SITE</c>), else null.</summary>
    internal static string? Enabled(Machine machine, PythonEnvironment environment) =>
        IsSwitchedOff(machine, environment) || (environment.IsVirtual && !environment.IncludeSystemSitePackages) ? null
            : Find(machine, environment);

    /// <summary>Where that Python looks for distributions, in its order (<c>site.main</c>): the folders of a virtual
    /// environment, the user's own, those of the base environment.</summary>
    internal static IReadOnlyList<string> Folders(Machine machine, PythonEnvironment environment)
    {
        if (Enabled(machine, environment) is not string own || !machine.Files.IsDirectory(own))
        {
            return environment.SitePackages;
        }
        string[] ofVenv = environment.IsVirtual
            ? [.. environment.SitePackages.Where(folder => PathText.IsBelow(folder, environment.Prefix))] : [];
        return [.. ofVenv, own, .. environment.SitePackages.Except(ofVenv, StringComparer.Ordinal)];
    }

    // CPython 3.7 and later read a number, and 0 changes nothing (_Py_get_env_flag). For others any value counts.
    private static bool IsSwitchedOff(Machine machine, PythonEnvironment environment) =>
        machine.Variable("PYTHONNOUSERSITE") is string value
        && !(environment.Implementation is "CPython" && Numbers(environment)?.CompareTo((3, 7)) >= 0
            && int.TryParse(value.TrimStart(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number == 0);

    // sys._framework: "Python", "PythonT" for a free-threaded build. Apple's Python3.framework uses the folder
    // "Python".
    private static string? Framework(Machine machine, PythonEnvironment environment)
    {
        if (machine.Platform != Platform.MacOS || environment.StdLib is not string library
            || library.IndexOf(".framework/", StringComparison.Ordinal) is not (> 0 and int end))
        {
            return null;
        }
        string name = library[(library.LastIndexOf('/', end) + 1)..end];
        return name is "Python3" ? "Python" : name;
    }

    // sys.winver, which both modules use since 3.10: SysWinVer in PCbuild/python.props.
    private static string WindowsSuffix(PythonEnvironment environment, int major, int minor) =>
        environment.Implementation is "PyPy" || (major, minor).CompareTo((3, 10)) < 0 ? ""
        : Threads(environment) + environment.Architecture switch
        {
            "x86" => "-32", "arm" => "-arm32", "aarch64" or "arm64" => "-arm64", _ => "",
        };

    private static string Threads(PythonEnvironment environment) => environment.IsFreeThreaded ? "t" : "";

    private static (int Major, int Minor)? Numbers(PythonEnvironment environment) =>
        environment.VersionInfo is Version version ? (version.Major, version.Minor)
        : InterpreterName.Parse(Path.GetFileName(environment.StdLib)) is { Major: int major, Minor: int minor } ? (major, minor)
        : null;
}
