using System.Text;
using Pep668.Machines;
using Pep668.Text;

namespace Pep668.Environments;

/// <summary>
/// The folders, and eggs that are files, in which an environment looks for modules, in its order: <c>sys.path</c> as
/// the documentation of <c>site</c> describes it, without what code in <c>.pth</c> and <c>.start</c> files (PEP 829)
/// and in <c>sitecustomize</c> adds, which is never run.
/// </summary>
internal static class ImportPath
{
    /// <summary>The entries that exist, each once.</summary>
    /// <param name="machine">Where the environment is.</param>
    /// <param name="environment">The environment.</param>
    /// <param name="listings">Gets what is in the folders that had to be listed, for who lists them next.</param>
    internal static IReadOnlyList<string> Entries(
        Machine machine, PythonEnvironment environment, Dictionary<string, IReadOnlyList<DirectoryItem>>? listings = null)
    {
        var path = new Collector(machine.Files, environment.VersionInfo >= new Version(3, 15), listings);
        foreach (string folder in OfVariable(machine))
        {
            path.Add(folder);
        }
        if (environment.StdLib is string library)
        {
            path.Add(library);
            path.Add(Path.Combine(library, "lib-dynload"));
            // PyPy's modules that are written for it, with their metadata.
            path.Add(Path.Combine(library, "..", "lib_pypy"));
            path.Add(Path.Combine(library, "..", "..", "lib_pypy"));
        }
        foreach (string folder in UserSite.Folders(machine, environment))
        {
            path.AddSite(folder);
        }
        return path.Finish();
    }

    /// <summary>The same for folders alone, as <c>site.addsitedir</c> adds them.</summary>
    internal static IReadOnlyList<string> Entries(FileTree files, IReadOnlyList<string> folders)
    {
        var path = new Collector(files, isDeferred: false, listings: null);
        foreach (string folder in folders)
        {
            path.AddSite(folder);
        }
        return path.Finish();
    }

    private static IEnumerable<string> OfVariable(Machine machine) =>
        (machine.Variable("PYTHONPATH") ?? "")
            .Split(machine.Platform == Platform.Windows ? ';' : ':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(machine.CurrentDirectory, folder));

    // From 3.15, the paths in .pth files come after all folders.
    private sealed class Collector(FileTree files, bool isDeferred, Dictionary<string, IReadOnlyList<DirectoryItem>>? listings)
    {
        private readonly List<string> _entries = [], _later = [];
        private readonly HashSet<string> _known = new(StringComparer.Ordinal);

        internal IReadOnlyList<string> Finish()
        {
            foreach (string path in _later)
            {
                Add(path);
            }
            return _entries;
        }

        internal void Add(string path)
        {
            string full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
            if (files.Stat(full).Kind is FileKind.Directory or FileKind.File && _known.Add(full))
            {
                _entries.Add(full);
            }
        }

        internal void AddSite(string folder)
        {
            Add(folder);
            IReadOnlyList<DirectoryItem> items = files.List(folder);
            listings?.TryAdd(folder, items);
            foreach (string name in items.Select(item => item.Name)
                .Where(name => name.EndsWith(".pth", StringComparison.Ordinal) && name[0] != '.').Order(StringComparer.Ordinal))
            {
                foreach (string path in Lines(Path.Combine(folder, name)).Select(line => Path.Combine(folder, line)))
                {
                    if (isDeferred)
                    {
                        _later.Add(path);
                    }
                    else
                    {
                        Add(path);
                    }
                }
            }
        }

        // site.addpackage: lines that are comments, code or blank are left out, and blanks at the end.
        private IEnumerable<string> Lines(string file)
        {
            byte[] bytes = files.Read(file, 1 << 20).Bytes ?? [];
            ReadOnlySpan<byte> text = bytes is [0xEF, 0xBB, 0xBF, ..] ? bytes.AsSpan(3) : bytes;
            return PythonText.UniversalNewlines(Encoding.UTF8.GetString(text)).Split('\n')
                .Where(line => line.Length > 0 && line[0] != '#' && !line.StartsWith("import ", StringComparison.Ordinal)
                    && !line.StartsWith("import\t", StringComparison.Ordinal) && !line.Contains('\0', StringComparison.Ordinal))
                .Select(line => line.TrimEnd()).Where(line => line.Length > 0);
        }
    }
}
