using System.Collections.Concurrent;
using Pep668.Machines;

namespace Pep668.Pip.Linting;

/// <summary>What was found, and what could not be read.</summary>
/// <param name="Uses">The findings, by path and place.</param>
/// <param name="Unreadable">Folders and files that could not be read.</param>
/// <param name="Files">How many files were read.</param>
internal sealed record LintResult(IReadOnlyList<PipOverrideUse> Uses, IReadOnlyList<string> Unreadable, int Files);

/// <summary>
/// Finds overrides of PEP 668 in files and below folders. Only files of a known kind are read; of those, only the few
/// with one of the names are parsed. Links are not followed.
/// </summary>
internal sealed class OverrideLint
{
    private const int BufferSize = 1 << 16;
    private const int LargestFile = 4 << 20;
    private const int StartSize = 64;

    private static readonly HashSet<string> SkippedFolders = new(StringComparer.Ordinal)
    {
        ".git", ".hg", ".svn", ".jj", "node_modules", "__pycache__", "site-packages", "dist-packages", ".tox", ".nox", ".venv", "venv",
        ".mypy_cache", ".pytest_cache", ".ruff_cache", ".terraform", ".vagrant", "bower_components",
    };

    private readonly FileTree _files;
    private readonly bool _recurses;
    private readonly CancellationToken _cancellation;
    private readonly ConcurrentBag<PipOverrideUse> _uses = [];
    private readonly ConcurrentBag<string> _unreadable = [];
    private readonly ConcurrentStack<string> _folders = new();
    private int _pending;
    private int _read;

    private OverrideLint(FileTree files, bool recurses, CancellationToken cancellation) =>
        (_files, _recurses, _cancellation) = (files, recurses, cancellation);

    /// <summary>Finds them.</summary>
    /// <param name="files">Where the paths are.</param>
    /// <param name="paths">Files and folders; absolute paths that exist.</param>
    /// <param name="recurses">Whether folders in folders are searched.</param>
    /// <param name="cancellation">Ends the search.</param>
    internal static LintResult Find(FileTree files, IReadOnlyList<string> paths, bool recurses, CancellationToken cancellation)
    {
        var lint = new OverrideLint(files, recurses, cancellation);
        byte[] buffer = new byte[BufferSize];
        foreach (string path in paths)
        {
            if (files.IsDirectory(path))
            {
                lint.Push(path);
            }
            else
            {
                lint.CheckFile(files, path, buffer, isNamed: true);
            }
        }
        lint.Run();
        return new(
            [.. lint._uses.DistinctBy(one => (one.Path, one.Line, one.Column, one.Rule))
                .OrderBy(one => one.Path, StringComparer.Ordinal).ThenBy(one => one.Line).ThenBy(one => one.Column)],
            [.. lint._unreadable.Order(StringComparer.Ordinal)], lint._read);
    }

    private void Push(string folder)
    {
        Interlocked.Increment(ref _pending);
        _folders.Push(folder);
    }

    private void Run()
    {
        if (_pending == 0)
        {
            return;
        }
        Exception? failure = null;
        Thread[] helpers = [.. Enumerable.Range(0, Math.Clamp(Environment.ProcessorCount, 1, 8) - 1).Select(_ => new Thread(() =>
        {
            try
            {
                Work();
            }
            catch (Exception error)
            {
                // Thrown again by the caller.
                failure = error;
                Volatile.Write(ref _pending, 0);
            }
        }) { IsBackground = true })];
        foreach (Thread helper in helpers)
        {
            helper.Start();
        }
        try
        {
            Work();
        }
        finally
        {
            Volatile.Write(ref _pending, 0);
            foreach (Thread helper in helpers)
            {
                helper.Join();
            }
        }
        if (failure is not null)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }

    private void Work()
    {
        byte[] buffer = new byte[BufferSize];
        var wait = new SpinWait();
        while (Volatile.Read(ref _pending) > 0)
        {
            if (!_folders.TryPop(out string? folder))
            {
                wait.SpinOnce();
                continue;
            }
            wait.Reset();
            _cancellation.ThrowIfCancellationRequested();
            CheckFolder(folder, buffer);
            Interlocked.Decrement(ref _pending);
        }
    }

    private void CheckFolder(string folder, byte[] buffer)
    {
        if (_files.TryList(folder) is not IReadOnlyList<DirectoryItem> items)
        {
            _unreadable.Add(folder);
            return;
        }
        foreach (DirectoryItem item in items)
        {
            if (item.Kind == FileKind.Directory && _recurses && !SkippedFolders.Contains(item.Name))
            {
                Push(Path.Combine(folder, item.Name));
            }
        }
        _ = _files.Near(folder, near =>
        {
            foreach (DirectoryItem item in items)
            {
                if (item.Kind == FileKind.File)
                {
                    CheckFile(near, Path.Combine(folder, item.Name), buffer, isNamed: false);
                }
            }
            return true;
        });
    }

    private void CheckFile(FileTree files, string path, byte[] buffer, bool isNamed)
    {
        string name = Path.GetFileName(path);
        LintKind kind = LintKinds.OfName(name);
        if (kind == LintKind.None && !LintKinds.MayHaveInterpreter(name))
        {
            return;
        }
        int length = kind != LintKind.None ? files.ReadSmall(path, buffer) : files.ReadStart(path, buffer.AsSpan(0, StartSize));
        if (kind == LintKind.None)
        {
            kind = length < 0 ? LintKind.None : LintKinds.OfStart(buffer.AsSpan(0, length));
            if (kind == LintKind.None)
            {
                return;
            }
            length = files.ReadSmall(path, buffer);
        }
        ReadOnlySpan<byte> bytes = buffer.AsSpan(0, Math.Max(0, length));
        if (length < 0)
        {
            FileContent content = files.Read(path, LargestFile);
            if (content.Bytes is null)
            {
                if (isNamed || files.Stat(path).Size <= LargestFile)
                {
                    _unreadable.Add(path);
                }
                return;
            }
            bytes = content.Bytes;
        }
        Interlocked.Increment(ref _read);
        // pip's own file is small, and pip reads its keys in any case.
        if ((kind == LintKind.PipConfig || LintSearch.MayHaveFindings(bytes)) && LintSearch.Decode(bytes) is string text)
        {
            foreach (PipOverrideUse use in LintChecks.Find(path, text, kind))
            {
                _uses.Add(use);
            }
        }
    }
}
