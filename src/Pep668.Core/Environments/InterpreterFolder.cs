using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>The folder of an interpreter, with its other names.</summary>
internal static class InterpreterFolder
{
    /// <summary>The file names of interpreters, the likeliest first.</summary>
    internal static IReadOnlyList<string> CommonNames { get; } = ["python", "python3", "pypy3", "pypy", "graalpy", "python2"];

    /// <summary>The other names of an interpreter in its folder.</summary>
    /// <param name="files">Where it is.</param>
    /// <param name="executable">The interpreter.</param>
    /// <param name="isSame">Whether a path leads to the same one; null where all do, as in a virtual
    /// environment.</param>
    internal static IReadOnlyList<string> OtherNames(FileTree files, string executable, Func<string, bool>? isSame)
    {
        string folder = Path.GetDirectoryName(executable)!;
        var names = new List<string>();
        foreach (DirectoryItem item in files.List(folder))
        {
            if (item.Kind is not (FileKind.File or FileKind.Link) || InterpreterName.Parse(item.Name) is null)
            {
                continue;
            }
            string path = Path.Combine(folder, item.Name);
            if (!string.Equals(path, executable, StringComparison.Ordinal) && (isSame is null || isSame(path)))
            {
                names.Add(path);
            }
        }
        names.Sort(StringComparer.Ordinal);
        return names;
    }

    /// <summary>Whether a path is the file, a link to it or a hard link of it.</summary>
    internal static bool IsSame(FileTree files, string path, string real) =>
        string.Equals(files.RealPath(path), real, StringComparison.Ordinal) || files.Stat(path).IsSameFile(files.Stat(real));

    /// <summary>The interpreter of a virtual environment: a file, or a link that may dangle.</summary>
    internal static string? ExecutableIn(FileTree files, string environment)
    {
        foreach (string scripts in (string[])["bin", "Scripts"])
        {
            foreach (string name in CommonNames)
            {
                foreach (string end in (string[])["", ".exe"])
                {
                    string path = Path.Combine(environment, scripts, name + end);
                    if (files.LinkStat(path).Kind is FileKind.File or FileKind.Link)
                    {
                        return path;
                    }
                }
            }
        }
        return null;
    }
}
