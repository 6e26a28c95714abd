using System.Globalization;
using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>
/// Finds the base Python of a virtual environment as its interpreter does when it starts: CPython 3.11 and later by
/// <c>Modules/getpath.py</c>, earlier ones by <c>Modules/getpath.c</c>.
/// </summary>
internal sealed class BaseSearch(FileTree files, BaseInterpreters interpreters)
{
    // The first version with getpath.py.
    private static readonly Version Rewritten = new(3, 11);

    /// <summary>The base; null if the interpreter does not start.</summary>
    /// <param name="executable">The interpreter of the environment.</param>
    /// <param name="real">Its file, links resolved.</param>
    /// <param name="folder">The folder of the environment.</param>
    /// <param name="config">Its configuration.</param>
    internal BaseInterpreter? Find(string executable, string real, string folder, VenvConfig config)
    {
        string? home = config.Home is { Length: > 0 } ? config.Home : null;
        if (Path.GetFileName(Path.GetDirectoryName(executable)) is "Scripts")
        {
            if (ForeignSystem.MadeOn(files, home) is not null)
            {
                return null;
            }
            // The program of a Windows environment only forwards to the one in home (PC/venvlauncher.c).
            string forwarded = home is null ? real : Path.Combine(PathText.Absolute(home, folder), Path.GetFileName(executable));
            return Search(Path.GetDirectoryName(forwarded)!, forwarded);
        }
        InterpreterName name = NameOf(real, Made(folder, config));
        if (name.Implementation is not "CPython" || name.Major is 2)
        {
            return (home is null ? null : Search(files.RealPath(home) ?? home, real)) ?? Search(Path.GetDirectoryName(real)!, real);
        }
        bool isRewritten = name is not { Major: int major, Minor: int minor } || new Version(major, minor) >= Rewritten;
        if (isRewritten && home is not null && IsFile(home))
        {
            return null; // it looks for pybuilddir.txt in home, and fails
        }
        string start = isRewritten ? home ?? Path.GetDirectoryName(real)! : Start(executable, home);
        // A relative one starts in the working folder of whoever starts it, which is not known.
        return (Path.IsPathRooted(start) ? Search(Path.TrimEndingDirectorySeparator(start), real, name) : null)
            ?? (BuiltFor(real, name) is string prefix ? Search(prefix, real, name) : null);
    }

    /// <summary>The installation that an interpreter uses if no parent folder has one, as with a copied program: the
    /// one that it was built for; null if that is missing.</summary>
    internal BaseInterpreter? FindBuiltFor(string real)
    {
        InterpreterName name = NameOf(real, []);
        return name.Implementation is "CPython" && BuiltFor(real, name) is string prefix ? Search(prefix, real, name) : null;
    }

    /// <summary>Whether a home is a file: Python 3.11 and later do not start with it.</summary>
    internal bool IsFile(string home) => files.Stat(home).Kind is not (FileKind.Directory or FileKind.Missing);

    // Only links of the file itself are followed, and home is read where the last one leads.
    private string Start(string executable, string? home)
    {
        string path = executable;
        for (int links = 0; links < 40 && files.ReadLink(path) is string target; links++)
        {
            path = PathText.Absolute(target, Path.GetDirectoryName(path)!);
        }
        string folder = Path.GetDirectoryName(path)!;
        return home is not null && string.Equals(folder, Path.GetDirectoryName(executable), StringComparison.Ordinal) ? home : folder;
    }

    private BaseInterpreter? Search(string start, string executable, InterpreterName? name = null) =>
        interpreters.Find(start, executable, name);

    // A copy may have a name without a version. Its library has one; else it is that of the environment, if the program
    // contains it.
    private InterpreterName NameOf(string real, IEnumerable<InterpreterName> possible)
    {
        InterpreterName name = InterpreterName.Parse(Path.GetFileName(real)) ?? new("CPython", null, null, false);
        if (name is not { Minor: null, Implementation: "CPython" } || ExecutableFile.Read(files, real) is not ExecutableFile program)
        {
            return name;
        }
        if (EmbeddedText.Dynamic(files, real, program).Select(LibraryName).FirstOrDefault(one => one is not null) is InterpreterName needed)
        {
            return needed;
        }
        var search = new EmbeddedVersion();
        foreach (InterpreterName made in possible.Distinct())
        {
            if (search.Find(files, real, program, Series(made)) is not null)
            {
                return made;
            }
        }
        return name;
    }

    // libpython3.9.so.1.0
    private static InterpreterName? LibraryName(string text)
    {
        int end = text.IndexOf(".so", StringComparison.Ordinal);
        return text.StartsWith("libpython", StringComparison.Ordinal) && end > 0
            && InterpreterName.Parse(text.AsSpan(3, end - 3)) is { Minor: not null } name ? name : null;
    }

    private static string Series(InterpreterName name) => string.Create(CultureInfo.InvariantCulture, $"{name.Major}.{name.Minor}");

    private IEnumerable<InterpreterName> Made(string folder, VenvConfig config)
    {
        foreach (DirectoryItem item in files.List(Path.Combine(folder, "lib")))
        {
            if (InterpreterName.Parse(item.Name) is { Implementation: "CPython", Minor: not null } name)
            {
                yield return name;
            }
        }
        if (InterpreterVersion.Numbers(config.Version) is Version version)
        {
            yield return new("CPython", version.Major, version.Minor, false);
        }
    }

    // The prefix that was configured when it was built: it is in the program, or in its library.
    private string? BuiltFor(string real, InterpreterName name)
    {
        if (ExecutableFile.Read(files, real) is not ExecutableFile program)
        {
            return null;
        }
        string library = "libpython" + Series(name) + (name.FreeThreaded ? "t" : "");
        IReadOnlyList<string> places = EmbeddedText.LibraryFolders(files, real, program);
        string? own = interpreters.Find(Path.GetDirectoryName(real)!, real, name)?.Installation.Prefix;
        foreach (string? prefix in (string?[])[own, .. places.Select(Path.GetDirectoryName), "/usr/local", "/usr"])
        {
            if (prefix is not null && interpreters.Find(prefix, real, name)?.Installation.Series is string series
                && (name.Minor is not null || new EmbeddedVersion().Find(files, real, program, series) is not null)
                && (EmbeddedText.Has(files, real, program, prefix)
                    || places.Append(Path.Combine(prefix, "lib")).SelectMany(place => LibraryFiles(place, library)).Any(path =>
                        ExecutableFile.Read(files, path) is ExecutableFile shared && EmbeddedText.Has(files, path, shared, prefix))))
            {
                return prefix;
            }
        }
        return null;
    }

    private IEnumerable<string> LibraryFiles(string folder, string name) => files.List(folder)
        .Where(item => item.Name.StartsWith(name, StringComparison.Ordinal) && item.Name.Contains(".so", StringComparison.Ordinal))
        .Select(item => Path.Combine(folder, item.Name)).Where(files.IsFile);
}
