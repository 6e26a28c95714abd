using System.Text;
using Pep668.Machines;
using Pep668.Machines.Staging;

namespace Pep668.Venvs.Seeding;

/// <summary>Compiles byte-code in a temporary folder, with the interpreter that will read it.</summary>
internal static class ByteCode
{
    // Files that this Python cannot compile are skipped, as pip does.
    private const string Program = """
        import os, py_compile, sys
        base, names = sys.argv[1], open(sys.argv[2], encoding="utf-8").read().split("\n")
        for name in names:
            try:
                py_compile.compile(os.path.join(base, name), dfile=name, doraise=True)
            except py_compile.PyCompileError:
                pass
        """;

    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <summary>Compiles the sources among some files.</summary>
    /// <returns>The byte-code files; the modification time of the sources that they contain; and why they are
    /// missing.</returns>
    internal static (IReadOnlyList<SeedFile> Files, long Modified, string? Problem) Compile(
        IReadOnlyList<SeedFile> files, PythonEnvironment python, CancellationToken cancellation)
    {
        SeedFile[] sources = [.. files.Where(file => file.Path.EndsWith(".py", StringComparison.Ordinal))];
        using var folder = TemporaryFolder.Create();
        long modified = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        // The names in a wheel have "/" on every system.
        string[] folders =
            [.. sources.Select(file => file.Path[..Math.Max(0, file.Path.LastIndexOf('/'))]).Distinct(StringComparer.Ordinal)];
        TreeWriter.Write(
            folder.Folder,
            [
                .. folders.Select(TreeEntry.Folder),
                .. sources.Select(file => TreeEntry.File(file.Path, file.Content, modified: modified)),
            ],
            cancellation);
        string? problem = Run(folder, sources, python, cancellation);
        var compiled = new List<SeedFile>();
        foreach (string place in problem is null ? folders : [])
        {
            string cache = folder.At(place, "__pycache__");
            foreach (string name in FileTree.Host.List(cache).Select(item => item.Name))
            {
                if (name.EndsWith(".pyc", StringComparison.Ordinal)
                    && FileTree.Host.Read(Path.Combine(cache, name)).Bytes is byte[] content)
                {
                    compiled.Add(new((place.Length == 0 ? "" : place + "/") + "__pycache__/" + name, content));
                }
            }
        }
        return (compiled, modified, problem);
    }

    // One process for each processor, up to four: each starts in about 20 ms, and all of them take half a second.
    private static string? Run(TemporaryFolder folder, SeedFile[] sources, PythonEnvironment python, CancellationToken cancellation)
    {
        int parts = Math.Clamp(Environment.ProcessorCount, 1, 4);
        Task<string?>[] tasks =
        [
            .. Enumerable.Range(0, parts).Select(part => Task.Run(
                () =>
                {
                    // Distributed in turn, the largest first, so that each process has the same amount.
                    string names = FormattableString.Invariant($".part{part}");
                    folder.Folder.Write(names, Encoding.UTF8.GetBytes(string.Join('\n', sources
                        .OrderByDescending(file => file.Content.Length)
                        .Where((_, index) => index % parts == part).Select(file => file.Path))));
                    ProcessResult result = ProcessRunner.Run(
                        python.Executable, ["-I", "-S", "-c", Program, folder.FullName, folder.At(names)], folder.FullName,
                        // py_compile writes hash-based byte-code if this is set.
                        name => name is "SOURCE_DATE_EPOCH" || name.StartsWith("PYTHON", StringComparison.Ordinal), Limit, cancellation);
                    return result.ExitCode == 0 ? null : result.Problem ?? result.Error.Trim().Split('\n')[^1];
                }, cancellation)),
        ];
        return Task.WhenAll(tasks).GetAwaiter().GetResult().FirstOrDefault(problem => problem is not null);
    }
}
