using System.Diagnostics;
using Pep668.Machines;
using Pep668.Machines.Staging;

namespace Pep668.Packages;

/// <summary>
/// Lets one command at a time change an environment, and notes what it does. The lock is the system's own on the file
/// of the note, so that it ends with the process; the note then tells that something was cut off.
/// </summary>
internal sealed class EnvironmentLock : IDisposable
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(50);

    private readonly FileLock? _file;
    private readonly IReadOnlyList<IDisposable> _held;

    private EnvironmentLock(FileLock? file, InstallNote? left, IReadOnlyList<IDisposable> held) =>
        (_file, Left, _held) = (file, left, held);

    /// <summary>What an earlier command left behind when it was cut off.</summary>
    internal InstallNote? Left { get; }

    /// <summary>Takes it, and waits for as long as another command has it.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="environment">What is to be changed.</param>
    /// <param name="patience">How long to wait.</param>
    /// <param name="again">The command that tries again later.</param>
    /// <param name="warn">Called once if it has to wait.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <returns>The lock, or <c>EnvironmentBusy</c> after that time.</returns>
    internal static Outcome<EnvironmentLock> Take(Machine machine, PythonEnvironment environment, TimeSpan patience, ProductStep again,
        Action<Notice> warn, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        bool hasWarned = false;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            EnvironmentLock? taken = Try(machine, environment, out InstallNote? at);
            if (taken is not null)
            {
                return taken;
            }
            if (waited.Elapsed >= patience)
            {
                return PackageMessages.Busy(environment, at?.What, again);
            }
            if (!hasWarned)
            {
                warn(PackageMessages.Waiting(environment.Prefix, at?.What));
                hasWarned = true;
            }
            cancellation.WaitHandle.WaitOne(Step);
        }
    }

    /// <summary>Whether another command has the lock of a file, or its pip is at work still.</summary>
    internal static bool IsTaken(string path, InstallNote note)
    {
        try
        {
            using OpenFolder folder = OpenFolder.Open(Path.GetDirectoryName(path)!);
            using var file = FileLock.Take(folder, Path.GetFileName(path), FileUse.Lock);
            return note.IsAtWork();
        }
        catch (IOException error)
        {
            return FileLock.IsHeld(error);
        }
        catch (UnauthorizedAccessException)
        {
            return note.IsAtWork();
        }
    }

    /// <summary>Notes what is being done.</summary>
    internal void Write(InstallNote note)
    {
        try
        {
            _file?.WriteText(note.ToString());
        }
        catch (IOException)
        {
            // A full disk: pip will say so itself, and what it leaves is seen without a note too.
        }
    }

    /// <summary>Takes the note away: nothing was left half done.</summary>
    internal void Clear()
    {
        try
        {
            _file?.Delete();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // an empty file says nothing
        }
    }

    public void Dispose()
    {
        foreach (IDisposable one in _held)
        {
            one.Dispose();
        }
    }

    // Null when another one has it.
    private static EnvironmentLock? Try(Machine machine, PythonEnvironment environment, out InstallNote? at)
    {
        at = null;
        var held = new List<IDisposable>();
        bool isTaken = false;
        foreach (string path in InstallNote.Places(machine, environment))
        {
            string name = Path.GetFileName(path);
            try
            {
                OpenFolder folder = name is InstallNote.FileName
                    ? OpenFolder.Open(Path.GetDirectoryName(path)!)
                    : OpenFolder.OpenOrCreate(Path.GetDirectoryName(path)!, isPrivate: true);
                held.Add(folder);
                (FileLock file, bool isOurs) = TakeFile(folder, name);
                held.Add(file);
                InstallNote? left = InstallNote.Read(machine, environment, path, file.ReadText());
                if (left?.IsAtWork() == true)
                {
                    at = left;
                    isTaken = true;
                    break;
                }
                if (isOurs)
                {
                    return new(file, left, held);
                }
            }
            catch (IOException error) when (FileLock.IsHeld(error))
            {
                at = InstallNote.Read(machine, environment, path, machine.Files.ReadText(path));
                isTaken = true;
                break;
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // this user may not write there, or nobody can
            }
        }
        var found = new EnvironmentLock(null, null, held);
        if (!isTaken)
        {
            return found;
        }
        found.Dispose();
        return null;
    }

    // A file of another user, or one with other content, is locked but never written.
    private static (FileLock File, bool IsOurs) TakeFile(OpenFolder folder, string name)
    {
        FileEntry there = folder.Stat(name);
        if (there.Kind != FileKind.Missing && !FileTrust.IsOwn(there))
        {
            return (FileLock.Take(folder, name, FileUse.Lock), false);
        }
        var file = FileLock.Take(folder, name, FileUse.LockOrCreate);
        return (file,
            FileTrust.IsOwn(file.Entry) && (file.ReadText() is { Length: 0 } || InstallNote.Parse(file.ReadText()) is not null));
    }
}
