using Pep668.Pip.Settings;

namespace Pep668.Pip.Policy;

/// <summary>Where else than into its environment an install is told to go.</summary>
/// <param name="Bypass">Which option says so.</param>
/// <param name="Value">Its value; empty for an option that is given and says nothing.</param>
/// <param name="Setting">The setting, where it is no argument.</param>
internal sealed record InstallDestination(PolicyBypass Bypass, string Value, PipSetting? Setting)
{
    /// <summary>The long name of the option.</summary>
    internal string Name => Bypass switch
    {
        PolicyBypass.Prefix => "prefix",
        PolicyBypass.Root => "root",
        PolicyBypass.Distutils when Setting is not null => Setting.Key,
        _ => "target",
    };

    /// <summary>The option.</summary>
    internal string Option => Bypass switch
    {
        PolicyBypass.Link => "links",
        PolicyBypass.SetupOption => "--install-option",
        PolicyBypass.Distutils => Name,
        _ => "--" + Name,
    };

    /// <summary>Whether it is put before the folders of the others.</summary>
    internal bool IsRoot => Bypass is PolicyBypass.Root or PolicyBypass.Distutils && Name is "root";

    /// <summary>Whether modules go there, by more than an option of <c>setup.py</c>.</summary>
    internal bool HasModules => Bypass != PolicyBypass.SetupOption && Name is not ("install_scripts" or "install_data" or "exec_prefix");

    /// <summary>It and where it comes from, for messages.</summary>
    public override string ToString()
    {
        if (Bypass == PolicyBypass.Link)
        {
            return $"The linked folder '{Value}'";
        }
        string option = $"{Option} {(Value.Length == 0 ? "''" : $"'{Value}'")}";
        return Setting is null ? option
            : Bypass == PolicyBypass.Distutils ? $"{option} in '{Setting.Path}'"
            : Setting.Path is null ? $"{option} (environment variable {Setting.Name})"
            : $"{option} ({Setting.Name} in '{Setting.Path}')";
    }

    /// <summary>
    /// The folders that would be written: those of pip's schemes below the place
    /// (<c>pip/_internal/locations/_sysconfig.py</c>, <c>get_scheme</c>; Debian's and Fedora's add <c>local</c>), each
    /// variant, since which one it is depends on the pip.
    /// </summary>
    /// <param name="places">All that are given, this one among them.</param>
    /// <param name="environment">Whose pip writes.</param>
    /// <param name="currentDirectory">Where relative paths start.</param>
    /// <param name="userSite">Where <c>--user</c> leads; null when that is not asked for.</param>
    internal static IEnumerable<WrittenFolder> Written(
        IReadOnlyList<InstallDestination> places, PythonEnvironment environment, string currentDirectory, string? userSite)
    {
        InstallDestination? root = places.FirstOrDefault(one => one.IsRoot && one.Value.Length > 0)
            ?? places.FirstOrDefault(one => one.IsRoot);
        bool isElsewhere = false;
        foreach (InstallDestination place in places.Where(one => !one.IsRoot && one.Value.Length > 0))
        {
            isElsewhere |= place.Bypass is not (PolicyBypass.SetupOption or PolicyBypass.Distutils);
            foreach ((string folder, bool isScripts) in place.Below(Absolute(place.Value), environment))
            {
                yield return new(place, folder, isScripts);
                if (root is { Value.Length: > 0 })
                {
                    yield return new(root, BelowRoot(root.Value, folder), isScripts);
                }
            }
        }
        // Nothing but an empty option, or a root: the default scheme.
        if (isElsewhere || (root ?? places.FirstOrDefault(one => one.Bypass != PolicyBypass.Distutils)) is not InstallDestination by)
        {
            yield break;
        }
        foreach ((string? folder, bool isScripts) in ((string?, bool)[])[
            (environment.SitePackages is [string first, ..] ? first : null, false), (environment.Scripts, true), (userSite, false)])
        {
            if (folder is not null)
            {
                yield return new(by, by.IsRoot && by.Value.Length > 0 ? BelowRoot(by.Value, folder) : folder, isScripts);
            }
        }

        // Not normalized: what follows a link is behind it.
        string Absolute(string value) => Path.Combine(currentDirectory, value);
        string BelowRoot(string value, string folder) => Path.Combine(Absolute(value), folder[(Path.GetPathRoot(folder)?.Length ?? 0)..]);
    }

    // The schemes unix_prefix and unix_home of distutils/command/install.py.
    private IEnumerable<(string Folder, bool IsScripts)> Below(string start, PythonEnvironment environment) => (Bypass, Name) switch
    {
        (PolicyBypass.Prefix, _) or (PolicyBypass.Distutils, "prefix" or "exec_prefix" or "install_data") =>
            BelowPrefix(start, environment),
        (PolicyBypass.Distutils, "home") => [(Path.Combine(start, "lib", "python"), false), (Path.Combine(start, "bin"), true)],
        (PolicyBypass.Distutils, "install_scripts") => [(start, true)],
        (PolicyBypass.Distutils, _) => [(start, false)],
        _ => BelowTarget(start),
    };

    private static IEnumerable<(string Folder, bool IsScripts)> BelowTarget(string target) =>
        [(target, false), (Path.Combine(target, "bin"), true)];

    private static IEnumerable<(string Folder, bool IsScripts)> BelowPrefix(string prefix, PythonEnvironment environment)
    {
        string library = Path.GetFileName(environment.StdLib) ?? "";
        if (library is "Lib")
        {
            return [(Path.Combine(prefix, "Lib", "site-packages"), false), (Path.Combine(prefix, "Scripts"), true)];
        }
        var folders = new List<(string, bool)>();
        foreach (string start in (string[])[prefix, Path.Combine(prefix, "local")])
        {
            folders.Add((Path.Combine(start, "bin"), true));
            foreach (string lib in (string[])["lib", "lib64"])
            {
                folders.Add((Path.Combine(start, lib, library, "site-packages"), false));
                folders.Add((Path.Combine(start, lib, library, "dist-packages"), false));
            }
        }
        // PyPy up to 3.7.
        folders.Add((Path.Combine(prefix, "site-packages"), false));
        return folders;
    }
}
