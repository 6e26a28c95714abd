using System.Collections.Concurrent;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Discovery;

/// <summary>The progress of a scan.</summary>
/// <param name="Folders">How many folders were searched.</param>
/// <param name="Current">The folder that was searched last.</param>
internal readonly record struct FolderScanProgress(int Folders, string Current);

/// <summary>
/// Finds environments below folders, in parallel: folders with a <c>pyvenv.cfg</c> or <c>conda-meta</c>, and
/// installations (<c>bin</c> and <c>lib</c> with an interpreter). Links to folders are not followed further than to see
/// whether they lead to an environment, so loops cost nothing; the inside of a virtual or conda environment and what
/// cannot hold one are skipped.
/// </summary>
internal sealed class FolderScan : IDisposable
{
    private static readonly string[] SkippedNames =
        [".git", ".hg", ".svn", "node_modules", "__pycache__", "site-packages", "dist-packages"];
    private static readonly string[] SkippedPaths = ["/proc", "/sys", "/dev"];

    private readonly FileTree _files;
    private readonly int _depth;
    private readonly Func<string, PythonEnvironment?> _read;
    private readonly ConcurrentStack<(string Path, int Level)> _open = new();
    private readonly SemaphoreSlim _waiting = new(0);
    private readonly BlockingCollection<PythonEnvironment> _found = [];
    private int _pending;
    private int _folders;
    private volatile string _current = "";
    private volatile Exception? _failure;

    /// <summary>Prepares a scan.</summary>
    /// <param name="files">Where the folders are.</param>
    /// <param name="depth">How many levels below a folder to search; 0 is its direct content.</param>
    /// <param name="read">Reads the environment of a folder; called on several threads.</param>
    internal FolderScan(FileTree files, int depth, Func<string, PythonEnvironment?> read)
    {
        _files = files;
        _depth = depth;
        _read = read;
    }

    /// <summary>The folders that could not be read.</summary>
    internal ConcurrentQueue<string> Unreadable { get; } = new();

    /// <summary>The progress.</summary>
    internal FolderScanProgress Progress => new(Volatile.Read(ref _folders), _current);

    /// <summary>The environments, as they are found; one with several links to it, several times.</summary>
    /// <param name="folders">Where to begin; absolute paths.</param>
    /// <param name="cancellation">Ends the scan at once.</param>
    /// <param name="idle">Called from time to time while nothing is found.</param>
    /// <exception cref="OperationCanceledException">It was ended through <paramref name="cancellation"/>.</exception>
    internal IEnumerable<PythonEnvironment> Run(IReadOnlyList<string> folders, Action idle, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        foreach (string folder in folders)
        {
            Open(_files.RealPath(folder) ?? folder, 0);
        }
        Thread[] workers = [.. Enumerable.Range(0, folders.Count == 0 ? 0 : Math.Clamp(Environment.ProcessorCount, 2, 16))
            .Select(_ => new Thread(() => Work(stop.Token)) { IsBackground = true })];
        foreach (Thread worker in workers)
        {
            worker.Start();
        }
        try
        {
            while (workers.Length > 0 && !_found.IsCompleted)
            {
                if (_found.TryTake(out PythonEnvironment? found, 200, cancellation))
                {
                    yield return found;
                }
                else
                {
                    idle();
                }
            }
        }
        finally
        {
            // Also if the reader stops early: no thread continues.
            stop.Cancel();
            foreach (Thread worker in workers)
            {
                worker.Join();
            }
        }
        if (_failure is Exception failure)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure);
        }
    }

    private void Open(string path, int level)
    {
        Interlocked.Increment(ref _pending);
        _open.Push((path, level));
        _waiting.Release();
    }

    private void Work(CancellationToken stop)
    {
        try
        {
            while (true)
            {
                _waiting.Wait(stop);
                if (!_open.TryPop(out (string Path, int Level) next))
                {
                    return;
                }
                Look(next.Path, next.Level);
                if (Interlocked.Decrement(ref _pending) == 0)
                {
                    _found.CompleteAdding();
                    // Wakes the others, who then find nothing to do.
                    _waiting.Release(64);
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The caller cancelled it.
        }
        catch (Exception failure)
        {
            // Thrown again where the results are read.
            _failure ??= failure;
            _found.CompleteAdding();
        }
    }

    private void Add(string folder, Func<PythonEnvironment, bool>? condition = null)
    {
        if (_read(folder) is PythonEnvironment environment && condition?.Invoke(environment) != false)
        {
            _found.Add(environment);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _waiting.Dispose();
        _found.Dispose();
    }

    private void Look(string folder, int level)
    {
        Interlocked.Increment(ref _folders);
        _current = folder;
        if (_files.TryList(folder) is not IReadOnlyList<DirectoryItem> items)
        {
            Unreadable.Enqueue(folder);
            return;
        }
        switch (Classify(folder, items))
        {
            case FolderContent.Environment:
                Add(folder);
                return;
            case FolderContent.CondaBase:
                Add(folder);
                Descend(Path.Combine(folder, "envs"), level);
                return;
            case FolderContent.Installation:
                // It may contain much else, as /usr or / does: only its own Python is added, and its folders are
                // searched.
                Add(folder, environment => string.Equals(environment.Prefix, folder, StringComparison.Ordinal));
                break;
        }
        foreach (DirectoryItem item in items)
        {
            string path = Path.Combine(folder, item.Name);
            if (item.Kind == FileKind.Directory)
            {
                Descend(path, level);
            }
            else if (item.Kind == FileKind.Link && _files.IsFile(Path.Combine(path, PyVenvConfigFile.FileName))
                && _files.RealPath(path) is string real)
            {
                Add(real);
            }
        }
    }

    private void Descend(string folder, int level)
    {
        if (level <= _depth && !SkippedNames.Contains(Path.GetFileName(folder), StringComparer.Ordinal)
            && !SkippedPaths.Contains(folder, StringComparer.Ordinal))
        {
            Open(folder, level + 1);
        }
    }

    private enum FolderContent
    {
        Nothing,
        Environment,
        CondaBase,
        Installation,
    }

    private FolderContent Classify(string folder, IReadOnlyList<DirectoryItem> items)
    {
        bool configured = false, conda = false, envs = false, bin = false, lib = false, windows = false;
        foreach (DirectoryItem item in items)
        {
            switch (item.Name)
            {
                case PyVenvConfigFile.FileName:
                    configured = true;
                    break;
                case "conda-meta":
                    conda = true;
                    break;
                case "envs":
                    envs = true;
                    break;
                case "bin":
                    bin = true;
                    break;
                case "lib" or "lib64" or "Lib":
                    lib = true;
                    break;
                case "python.exe":
                    windows = true;
                    break;
            }
        }
        return conda && envs ? FolderContent.CondaBase
            : configured || conda ? FolderContent.Environment
            : lib && (windows || (bin && HasInterpreter(Path.Combine(folder, "bin")))) ? FolderContent.Installation
            : FolderContent.Nothing;
    }

    private bool HasInterpreter(string folder)
    {
        foreach (DirectoryItem item in _files.List(folder))
        {
            if (InterpreterName.Parse(item.Name) is not null)
            {
                return true;
            }
        }
        return false;
    }
}
