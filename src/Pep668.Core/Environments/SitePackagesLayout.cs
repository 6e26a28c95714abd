using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>Whose <c>site.py</c> an installation has.</summary>
internal enum SiteFlavour
{
    /// <summary>CPython's own, or PyPy's.</summary>
    Plain,

    /// <summary>Debian's and its derivatives': <c>dist-packages</c>.</summary>
    Debian,

    /// <summary>Fedora's and its derivatives': <c>/usr/local</c> as well.</summary>
    Fedora,

    /// <summary>Homebrew's: the default scheme leads out of the keg, into Homebrew's own prefix.</summary>
    Homebrew,

    /// <summary>Apple's, in Xcode and the Command Line Tools: the default scheme leads into
    /// <c>/Library/Python</c>.</summary>
    Apple,
}

/// <summary>Where a Python keeps distributions and commands: CPython's own layout, and what Debian, Fedora, Homebrew
/// and Apple make of it.</summary>
/// <remarks>
/// Homebrew: the sysconfig patches in its <c>formula-patches/python</c>, and the <c>sitecustomize</c> of
/// <c>Formula/p/python@3.13.rb</c>. Apple: what <c>python3 -m sysconfig</c> and <c>site.getsitepackages()</c> of 3.9
/// print; its scheme has Homebrew's name, <c>osx_framework_library</c>. Neither applies in a virtual environment.
/// </remarks>
internal static class SitePackagesLayout
{
    /// <summary>The folders, in the order of the contract (<see cref="PythonEnvironment.SitePackages"/>), and that of
    /// commands.</summary>
    /// <param name="installation">The base.</param>
    /// <param name="flavour">Its <c>site.py</c>.</param>
    /// <param name="virtualPrefix">The folder of a virtual environment; null for the base itself.</param>
    /// <param name="includeSystem">Whether that environment sees its base's distributions.</param>
    internal static (IReadOnlyList<string> SitePackages, string Scripts) For(
        Installation installation, SiteFlavour flavour, string? virtualPrefix, bool includeSystem)
    {
        var folders = new List<string>();
        bool inVirtual = virtualPrefix is not null;
        // sysconfig's default scheme: posix_local on Debian; Fedora puts /local behind the prefix outside of package
        // builds (its patch 00251).
        string local = flavour switch
        {
            SiteFlavour.Debian or SiteFlavour.Fedora => Path.Combine(installation.Prefix, "local"),
            SiteFlavour.Homebrew => installation.Keg!.HomebrewPrefix,
            _ => installation.Prefix,
        };
        string own = virtualPrefix ?? local;
        if (flavour == SiteFlavour.Apple && !inVirtual)
        {
            Add(folders, $"/Library/Python/{installation.Series}/site-packages");
            AddSite(folders, installation, installation.Prefix, flavour, inVirtual);
            AddApple(folders, installation);
            return (folders, "/usr/local/bin");
        }
        Add(folders, PureLib(installation, own, flavour == SiteFlavour.Debian && !inVirtual ? "dist-packages" : "site-packages"));
        if (inVirtual)
        {
            AddSite(folders, installation, own, flavour, inVirtual);
        }
        if (!inVirtual || includeSystem)
        {
            if (flavour is SiteFlavour.Fedora or SiteFlavour.Homebrew)
            {
                AddSite(folders, installation, local, flavour, inVirtual);
            }
            AddSite(folders, installation, installation.Prefix, flavour, inVirtual);
            if (flavour == SiteFlavour.Apple)
            {
                AddApple(folders, installation);
            }
        }
        return (folders, Path.Combine(own, installation.IsWindowsLayout ? "Scripts" : "bin"));
    }

    private static string PureLib(Installation installation, string prefix, string name) =>
        installation.IsWindowsLayout ? Path.Combine(prefix, "Lib", name)
        : Path.GetFileName(Path.GetDirectoryName(installation.StdLib)) is "lib-python" ? Path.Combine(prefix, name)
        : Path.Combine(prefix, "lib", Path.GetFileName(installation.StdLib), name);

    // site.getsitepackages() of each flavour.
    private static void AddSite(List<string> folders, Installation installation, string prefix, SiteFlavour flavour, bool inVirtual)
    {
        string library = Path.GetFileName(installation.StdLib);
        if (installation.IsWindowsLayout)
        {
            Add(folders, prefix);
            Add(folders, Path.Combine(prefix, "Lib", "site-packages"));
        }
        else if (flavour == SiteFlavour.Debian)
        {
            if (inVirtual)
            {
                Add(folders, Path.Combine(prefix, "lib", library, "site-packages"));
            }
            Add(folders, Path.Combine(prefix, "local", "lib", library, "dist-packages"));
            Add(folders, Path.Combine(prefix, "lib", "python3", "dist-packages"));
            if (installation.Implementation is not "PyPy")
            {
                Add(folders, Path.Combine(prefix, "lib", library, "dist-packages"));
            }
        }
        else
        {
            if (IsLib64(installation))
            {
                Add(folders, Path.Combine(prefix, "lib64", library, "site-packages"));
            }
            Add(folders, PureLib(installation, prefix, "site-packages"));
            if (installation.Series?.StartsWith('2') == true && installation.Implementation is "CPython")
            {
                Add(folders, Path.Combine(prefix, "lib", "site-python"));
            }
        }
    }

    // The additions of Apple's site.py; those named AppleInternal exist on Apple's own machines only.
    private static void AddApple(List<string> folders, Installation installation)
    {
        string own = $"Library/Python/{installation.Series}/site-packages";
        if (installation.Prefix.IndexOf("/Contents/Developer/", StringComparison.Ordinal) is > 0 and int end)
        {
            Add(folders, installation.Prefix[..end] + "/Contents/Developer/AppleInternal/" + own);
        }
        Add(folders, "/" + own);
        Add(folders, "/AppleInternal/" + own);
        Add(folders, $"/AppleInternal/Tests/Python/{installation.Series}/site-packages");
    }

    private static bool IsLib64(Installation installation) =>
        Path.GetFileName(Path.GetDirectoryName(installation.StdLib)) is "lib64";

    private static void Add(List<string> folders, string folder)
    {
        if (!folders.Contains(folder, StringComparer.Ordinal))
        {
            folders.Add(folder);
        }
    }

    /// <summary>Distributions patch <c>site.py</c>, and theirs is always the Python of <c>/usr</c>; Homebrew and Apple
    /// patch <c>sysconfig</c>. From 3.11 on, <c>site</c> is frozen into the program.</summary>
    /// <param name="files">Where they are.</param>
    /// <param name="installation">The library that the program uses.</param>
    /// <param name="own">The one that it was installed with.</param>
    internal static SiteFlavour FlavourOf(FileTree files, Installation installation, Installation own) =>
        installation.Keg is not null ? (HasLibraryScheme(files, installation) ? SiteFlavour.Homebrew : SiteFlavour.Plain)
        : installation.Prefix.Contains("/Python3.framework/Versions/", StringComparison.Ordinal) && HasLibraryScheme(files, installation)
            ? SiteFlavour.Apple
        : SiteOf(installation, own) is not { Prefix: "/usr" } patched
            || files.ReadText(Path.Combine(patched.StdLib, "site.py")) is not string site
            ? SiteFlavour.Plain
        : site.Contains("dist-packages", StringComparison.Ordinal) ? SiteFlavour.Debian
        : site.Contains("RPM_BUILD_ROOT", StringComparison.Ordinal) ? SiteFlavour.Fedora
        : SiteFlavour.Plain;

    private static Installation SiteOf(Installation installation, Installation own) =>
        installation.Implementation is "CPython" && InterpreterVersion.Numbers(installation.Series) >= new Version(3, 11)
            ? own : installation;

    // A module up to 3.12, a package since.
    private static bool HasLibraryScheme(FileTree files, Installation installation) =>
        (files.ReadText(Path.Combine(installation.StdLib, "sysconfig", "__init__.py"))
            ?? files.ReadText(Path.Combine(installation.StdLib, "sysconfig.py")))
            ?.Contains("'osx_framework_library'", StringComparison.Ordinal) == true;
}
