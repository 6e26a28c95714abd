using System.IO.Compression;
using Pep668.Machines;

namespace Pep668.Tests;

/// <summary>
/// A copy of an interpreter in a folder: the program is copied and its library linked file by file, with the pip of the
/// original. A marker can be written into it, and the original is not changed.
/// </summary>
internal static class CopiedPython
{
    internal const string Message = "This Python belongs to the tests.";

    internal static string Make(string folder, Interpreter python, bool marker, bool conda = false)
    {
        InterpreterOracle original = InterpreterOracle.Ask(python.Executable);
        string library = Directory.CreateDirectory(Path.Combine(folder, Path.GetRelativePath(original.Prefix, original.StdLib))).FullName;
        string[] omitted = ["site-packages", "dist-packages", "EXTERNALLY-MANAGED", "__pycache__", "sitecustomize.py"];
        IEnumerable<string> entries = Directory.EnumerateFileSystemEntries(original.StdLib);
        foreach (string entry in entries.Where(one => !omitted.Contains(Path.GetFileName(one))))
        {
            File.CreateSymbolicLink(Path.Combine(library, Path.GetFileName(entry)), entry);
        }
        LinkByteCode(original.StdLib, library);
        string executable = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName, "python" + python.Series);
        File.Copy(FileTree.Host.RealPath(python.Executable)!, executable);
        // Some systems keep headers and the build's settings beside the library.
        string include = Path.Combine(original.Prefix, "include");
        if (Directory.Exists(include))
        {
            File.CreateSymbolicLink(Path.Combine(folder, "include"), include);
        }
        AddPip(library, executable, original, python.PipWheel);
        if (marker)
        {
            File.WriteAllText(Path.Combine(library, "EXTERNALLY-MANAGED"), $"[externally-managed]\nError={Message}\n");
        }
        if (conda)
        {
            Directory.CreateDirectory(Path.Combine(folder, "conda-meta"));
            File.WriteAllText(Path.Combine(folder, "conda-meta", "history"), "");
        }
        return executable;
    }

    /// <summary>The interpreter itself where it is not externally managed, else a copy without a marker.</summary>
    internal static string Unmanaged(string folder, Interpreter python) =>
        python.IsManaged ? Make(folder, python, marker: false) : python.Executable;

    /// <summary>A virtual environment with the pip of its base.</summary>
    internal static string Venv(string folder, string python, bool systemSite = false)
    {
        string[] options = systemSite ? ["--system-site-packages"] : [];
        Tool.Run(python, ["-m", "venv", "--without-pip", .. options, folder]).Checked();
        InterpreterOracle made = InterpreterOracle.Ask(Path.Combine(folder, "bin", "python"));
        if (made.PipVersion is null && InterpreterOracle.Ask(python).PipFolder is string pip)
        {
            File.CreateSymbolicLink(Path.Combine(made.PureLib, "pip"), Path.Combine(pip, "pip"));
        }
        return Path.Combine(folder, "bin", "python");
    }

    // Else the first process of each copy compiles every module that it imports. A folder of links, since a process may
    // write into it.
    private static void LinkByteCode(string from, string library)
    {
        string cache = Path.Combine(from, "__pycache__");
        if (Directory.Exists(cache))
        {
            DirectoryInfo links = Directory.CreateDirectory(Path.Combine(library, "__pycache__"));
            foreach (string file in Directory.EnumerateFiles(cache).Where(one => !one.Contains("sitecustomize", StringComparison.Ordinal)))
            {
                File.CreateSymbolicLink(Path.Combine(links.FullName, Path.GetFileName(file)), file);
            }
        }
    }

    // Where there is only the wheel of ensurepip, that is unpacked. Debian's Python looks into dist-packages; Pep668
    // expects that of the one in /usr only, so the copy looks into site-packages as every other Python does.
    private static void AddPip(string library, string executable, InterpreterOracle original, string? wheel)
    {
        string site = Directory.CreateDirectory(Path.Combine(library, "site-packages")).FullName;
        if (original.PipFolder is string from)
        {
            foreach (string entry in Directory.EnumerateFileSystemEntries(from).Where(one => IsOfPip(Path.GetFileName(one))))
            {
                File.CreateSymbolicLink(Path.Combine(site, Path.GetFileName(entry)), entry);
            }
        }
        else if (wheel is not null)
        {
            ZipFile.ExtractToDirectory(wheel, site);
        }
        if (!InterpreterOracle.Ask(executable).SitePackages.Contains(site))
        {
            File.WriteAllText(Path.Combine(library, "sitecustomize.py"), """
                import os, site, sys
                if sys.prefix == sys.base_prefix:
                    site.addsitedir(os.path.join(os.path.dirname(os.__file__), 'site-packages'))

                """);
        }
    }

    private static bool IsOfPip(string name) =>
        name is "pip" or "pkg_resources"
        || name.StartsWith("pip-", StringComparison.Ordinal) || name.StartsWith("setuptools", StringComparison.Ordinal);
}
