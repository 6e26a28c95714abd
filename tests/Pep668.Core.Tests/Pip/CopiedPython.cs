namespace Pep668.Tests.Pip;

/// <summary>
/// A Python of a folder's own: the interpreter copied, its library linked file by file, pip of the original. So a marker can be planted in it, and nothing of the
/// original is touched.
/// </summary>
internal static class CopiedPython
{
    internal const string Message = "This Python belongs to the tests.";

    internal static string Make(string folder, string python, bool marker, bool conda = false)
    {
        Oracle original = Oracle.Ask(python);
        string series = string.Join('.', original.Version.Split('.')[..2]);
        string library = Directory.CreateDirectory(Path.Combine(folder, "lib", "python" + series)).FullName;
        foreach (string entry in Directory.EnumerateFileSystemEntries(original.StdLib).Where(one => Path.GetFileName(one) is not ("site-packages" or "EXTERNALLY-MANAGED" or "__pycache__")))
        {
            File.CreateSymbolicLink(Path.Combine(library, Path.GetFileName(entry)), entry);
        }
        string site = Directory.CreateDirectory(Path.Combine(library, "site-packages")).FullName;
        foreach (string entry in Directory.EnumerateFileSystemEntries(original.PureLib).Where(one => Path.GetFileName(one) is string name && (name is "pip" || name.StartsWith("pip-", StringComparison.Ordinal) || name.StartsWith("setuptools", StringComparison.Ordinal) || name is "pkg_resources")))
        {
            File.CreateSymbolicLink(Path.Combine(site, Path.GetFileName(entry)), entry);
        }
        string executable = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "bin")).FullName, "python" + series);
        File.Copy(Path.Combine(Path.GetDirectoryName(python)!, "python" + series), executable);
        // Some systems keep headers and the build's settings beside the library.
        string include = Path.Combine(original.Prefix, "include");
        if (Directory.Exists(include))
        {
            File.CreateSymbolicLink(Path.Combine(folder, "include"), include);
        }
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

    /// <summary>A virtual environment with the pip of its base.</summary>
    internal static string Venv(string folder, string python, bool systemSite = false)
    {
        string[] options = systemSite ? ["--system-site-packages"] : [];
        Tool.Run(python, ["-m", "venv", "--without-pip", .. options, folder]).Checked();
        Oracle made = Oracle.Ask(Path.Combine(folder, "bin", "python"));
        if (made.PipVersion is null)
        {
            File.CreateSymbolicLink(Path.Combine(made.PureLib, "pip"), Path.Combine(Oracle.Ask(python).PureLib, "pip"));
        }
        return Path.Combine(folder, "bin", "python");
    }
}
