using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>A base installation: an interpreter and the standard library it finds.</summary>
/// <param name="Implementation">The value of <c>platform.python_implementation()</c>.</param>
/// <param name="Prefix"><c>sys.base_prefix</c>.</param>
/// <param name="StdLib">Its standard library.</param>
/// <param name="Series">The two numbers of its version, such as <c>3.11</c>; null where the layout does not tell
/// (Windows).</param>
/// <param name="FreeThreaded">Whether its folder carries a <c>t</c> (PEP 703).</param>
/// <param name="IsWindowsLayout">Whether it is <c>Lib</c> and <c>Scripts</c>, not <c>lib/pythonX.Y</c> and
/// <c>bin</c>.</param>
internal sealed record Installation(
    string Implementation, string Prefix, string StdLib, string? Series, bool FreeThreaded, bool IsWindowsLayout)
{
    /// <summary>The keg it is in, where Homebrew's <c>sitecustomize</c> has it named through <c>opt</c>; else
    /// null.</summary>
    internal HomebrewKeg? Keg { get; init; }

    /// <summary>
    /// Searches upward from a folder for the standard library, as CPython's getpath does ("CALCULATE prefix"): the
    /// landmark is <c>os.py</c> in <c>lib/pythonX.Y</c> or <c>lib64/pythonX.Y</c> (<c>sys.platlibdir</c>), in
    /// <c>Lib</c> on Windows; PyPy's are <c>lib/pypyX.Y</c> and, up to 7.3.5, <c>lib-python/X</c>.
    /// </summary>
    /// <param name="files">Where to look.</param>
    /// <param name="start">The folder of the interpreter, or the <c>home</c> of a virtual environment.</param>
    /// <param name="executable">The interpreter's own file: its name, else the version inside it, says which of several
    /// libraries is wanted.</param>
    /// <param name="known">What it is, if more is known than its file name tells.</param>
    internal static Installation? Find(FileTree files, string start, string executable, InterpreterName? known = null)
    {
        InterpreterName name = known ?? InterpreterName.Parse(Path.GetFileName(executable)) ?? new("CPython", null, null, false);
        // getpath's search_up ends before the root folder itself.
        for (string? prefix = start; Path.GetDirectoryName(prefix) is string above; prefix = above)
        {
            if (At(files, prefix, name, executable) is Installation found)
            {
                return found;
            }
        }
        return null;
    }

    private static Installation? At(FileTree files, string prefix, InterpreterName name, string executable)
    {
        string start = name.Implementation is "PyPy" ? "pypy" : "python";
        if (name is { Major: int major, Minor: int minor })
        {
            string series = FormattableString.Invariant($"{major}.{minor}");
            string folder = start + series + (name.FreeThreaded ? "t" : "");
            foreach (string lib in (string[])["lib", "lib64"])
            {
                if (Landmark(files, Path.Combine(prefix, lib, folder)) is string stdlib)
                {
                    return new(name.Implementation, prefix, stdlib, series, name.FreeThreaded, false);
                }
            }
        }
        else if (Only(files, prefix, start, name, executable) is Installation found)
        {
            return found;
        }
        if (name.Implementation is "PyPy")
        {
            foreach (string number in (string[])["3", "2.7"])
            {
                if (Landmark(files, Path.Combine(prefix, "lib-python", number)) is string stdlib)
                {
                    return new("PyPy", prefix, stdlib,
                        name is { Major: int x, Minor: int y } ? FormattableString.Invariant($"{x}.{y}") : null, false, false);
                }
            }
        }
        return executable.EndsWith(".exe", StringComparison.OrdinalIgnoreCase)
            && Landmark(files, Path.Combine(prefix, "Lib")) is string windows
            ? new(name.Implementation, prefix, windows, null, name.FreeThreaded, true)
            : null;
    }

    // The name does not tell (python, python3, a copy): the only library here, or the one whose number stands in the
    // program itself.
    private static Installation? Only(FileTree files, string prefix, string start, InterpreterName name, string executable)
    {
        var found = new List<Installation>();
        foreach (string lib in (string[])["lib", "lib64"])
        {
            string folder = Path.Combine(prefix, lib);
            foreach (DirectoryItem item in files.List(folder))
            {
                if (item.Name.StartsWith(start, StringComparison.Ordinal)
                    && InterpreterName.Parse(item.Name) is { Major: int major, Minor: int minor } parsed
                    && (name.Major is null || name.Major == major)
                    && Landmark(files, Path.Combine(folder, item.Name)) is string stdlib)
                {
                    found.Add(new(name.Implementation, prefix, stdlib, FormattableString.Invariant($"{major}.{minor}"),
                        parsed.FreeThreaded, false));
                }
            }
        }
        if (found.Count > 1 && ExecutableFile.Read(files, executable) is ExecutableFile program)
        {
            var search = new EmbeddedVersion();
            return found.Find(one => search.Find(files, executable, program, one.Series!) is not null) ?? found[0];
        }
        return found.Count > 0 ? found[0] : null;
    }

    private static string? Landmark(FileTree files, string folder) =>
        files.IsFile(Path.Combine(folder, "os.py")) || files.IsFile(Path.Combine(folder, "os.pyc")) ? folder : null;
}
