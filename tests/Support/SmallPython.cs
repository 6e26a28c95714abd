using System.IO.Compression;

namespace Pep668.Tests;

/// <summary>
/// A copy of the newest interpreter whose <c>ensurepip</c> has a wheel of pip with a few modules: to compile them takes
/// a fiftieth of the time. Their pip does not run. It is for tests of files that do not run pip; a full run
/// (<see cref="TestExtent"/>) uses the interpreter itself.
/// </summary>
public sealed class SmallPython : IDisposable
{
    // Those that the creation of an environment reads, and those that tests change.
    private static readonly string[] Modules =
    [
        "pip/__init__.py", "pip/__main__.py", "pip/_internal/wheel.py", "pip/_internal/operations/install/wheel.py",
        "pip/_vendor/distlib/scripts.py",
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pep668-small-");
    private readonly Lazy<string> _executable;

    public SmallPython() => _executable = new(Make);

    internal string Executable => _executable.Value;

    public void Dispose() => _folder.Delete(recursive: true);

    private string Make()
    {
        Interpreter python = Interpreters.Newest(Needs.Venv | Needs.Ensurepip);
        if (TestExtent.IsFull)
        {
            return python.Executable;
        }
        string executable = CopiedPython.Make(Path.Combine(_folder.FullName, "python"), python, marker: false);
        string ensurepip = Path.Combine(_folder.FullName, "python", "lib", "python" + python.Series, "ensurepip");
        File.Delete(ensurepip); // a link
        Directory.CreateDirectory(Path.Combine(ensurepip, "_bundled"));
        string wheel = python.PipWheel!, name = Path.GetFileName(wheel);
        File.WriteAllText(Path.Combine(ensurepip, "__init__.py"), $"_PIP_VERSION = \"{name.Split('-')[1]}\"\n");
        Reduce(wheel, Path.Combine(ensurepip, "_bundled", name));
        return executable;
    }

    private static void Reduce(string wheel, string target)
    {
        using ZipArchive from = ZipFile.OpenRead(wheel), to = ZipFile.Open(target, ZipArchiveMode.Create);
        foreach (ZipArchiveEntry entry in from.Entries.Where(entry => IsKept(entry.FullName)))
        {
            using var reader = new StreamReader(entry.Open());
            string text = reader.ReadToEnd();
            if (entry.FullName.EndsWith("/RECORD", StringComparison.Ordinal))
            {
                text = string.Concat(text.Split('\n').Where(line => IsKept(line.Split(',')[0])).Select(line => line + "\n"));
            }
            using var writer = new StreamWriter(to.CreateEntry(entry.FullName).Open());
            writer.Write(text);
        }
    }

    private static bool IsKept(string path) => Modules.Contains(path) || path.Contains(".dist-info/", StringComparison.Ordinal);
}
