using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>The folder of the user's own distributions (PEP 370; <c>site.getusersitepackages()</c>), which pip also installs into where it may not write elsewhere.</summary>
internal static class UserSite
{
    /// <summary>The folder; null where that Python does not use it. It need not exist.</summary>
    internal static string? Of(Machine machine, PythonEnvironment environment)
    {
        if (machine.Variable("PYTHONNOUSERSITE") is not null || (environment.IsVirtual && !environment.IncludeSystemSitePackages)
            || environment.VersionInfo is not Version version || machine.Home is null)
        {
            return null;
        }
        string? @base = machine.Variable("PYTHONUSERBASE");
        string series = FormattableString.Invariant($"{version.Major}.{version.Minor}");
        string name = environment.Implementation is "PyPy" ? "pypy" : "python";
        return machine.Platform switch
        {
            Platform.Windows when @base is not null || machine.Variable("APPDATA") is not null =>
                Path.Combine(@base ?? Path.Combine(machine.Variable("APPDATA")!, "Python"), FormattableString.Invariant($"Python{version.Major}{version.Minor}"), "site-packages"),
            Platform.Windows => null,
            Platform.MacOS when environment.StdLib?.Contains(".framework/", StringComparison.Ordinal) == true =>
                Path.Combine(@base ?? Path.Combine(machine.Home, "Library", "Python", series), "lib", "python", "site-packages"),
            _ => Path.Combine(@base ?? Path.Combine(machine.Variable("HOME") ?? machine.Home, ".local"), "lib", name + series, "site-packages"),
        };
    }

    /// <summary>Where that Python looks for distributions, in its order: the user's own before the environment's.</summary>
    internal static IReadOnlyList<string> Folders(Machine machine, PythonEnvironment environment) =>
        Of(machine, environment) is string own && machine.Files.IsDirectory(own) ? [own, .. environment.SitePackages] : environment.SitePackages;
}
