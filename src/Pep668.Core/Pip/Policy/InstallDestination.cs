using Pep668.Pip.Settings;

namespace Pep668.Pip.Policy;

/// <summary>Where else than into its environment an install is told to go.</summary>
/// <param name="Bypass">Which option says so.</param>
/// <param name="Value">Its value; empty for an option that is given and says nothing.</param>
/// <param name="Setting">The setting, where it is no argument.</param>
internal sealed record InstallDestination(PolicyBypass Bypass, string Value, PipSetting? Setting)
{
    /// <summary>The long name of the option.</summary>
    internal string Name => Bypass switch { PolicyBypass.Prefix => "prefix", PolicyBypass.Root => "root", _ => "target" };

    /// <summary>The option.</summary>
    internal string Option => Bypass == PolicyBypass.Link ? "links" : Bypass == PolicyBypass.SetupOption ? "--install-option" : "--" + Name;

    /// <summary>It and where it comes from, for messages.</summary>
    public override string ToString()
    {
        if (Bypass == PolicyBypass.Link)
        {
            return $"The linked folder '{Value}'";
        }
        string option = $"{Option} {(Value.Length == 0 ? "''" : $"'{Value}'")}";
        return Setting is null ? option
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
        InstallDestination? root = places.FirstOrDefault(one => one.Bypass == PolicyBypass.Root);
        bool isElsewhere = false;
        foreach (InstallDestination place in places.Where(one => one.Bypass != PolicyBypass.Root && one.Value.Length > 0))
        {
            isElsewhere |= place.Bypass != PolicyBypass.SetupOption;
            string start = Absolute(place.Value);
            foreach ((string folder, bool isScripts) in place.Bypass == PolicyBypass.Prefix
                ? BelowPrefix(start, environment)
                : BelowTarget(start))
            {
                yield return new(place, folder, isScripts);
                if (root is { Value.Length: > 0 })
                {
                    yield return new(root, Below(root.Value, folder), isScripts);
                }
            }
        }
        if (isElsewhere)
        {
            yield break;
        }
        // Nothing but an empty option, or a root: the default scheme.
        InstallDestination by = root ?? places[0];
        foreach ((string? folder, bool isScripts) in ((string?, bool)[])[
            (environment.SitePackages is [string first, ..] ? first : null, false), (environment.Scripts, true), (userSite, false)])
        {
            if (folder is not null)
            {
                yield return new(by, by.Bypass == PolicyBypass.Root && by.Value.Length > 0 ? Below(by.Value, folder) : folder, isScripts);
            }
        }

        // Not normalized: what follows a link is behind it.
        string Absolute(string value) => Path.Combine(currentDirectory, value);
        string Below(string value, string folder) => Path.Combine(Absolute(value), folder[(Path.GetPathRoot(folder)?.Length ?? 0)..]);
    }

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
