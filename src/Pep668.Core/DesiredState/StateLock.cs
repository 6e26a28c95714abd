using System.Security.Cryptography;
using System.Text;
using Pep668.Machines;
using Pep668.Machines.Staging;

namespace Pep668.DesiredState;

/// <summary>
/// Lets one process of a user at a time read, compare and change the state of an environment, so that each reports what
/// it has changed itself. The lock is a file in the user's cache folder that is deleted with it; it ends with its
/// process. Without such a folder nothing is locked: what changes files has its own locks.
/// </summary>
internal sealed class StateLock : IDisposable
{
    private const int PauseMilliseconds = 20;

    private readonly OpenFolder _folder;
    private readonly FileLock _file;

    private StateLock(OpenFolder folder, FileLock file) => (_folder, _file) = (folder, file);

    /// <summary>Takes it, and waits for as long as another process has it.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="prefix">The folder of the environment, whether it exists or not.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <returns>The lock; null if there is no folder for it.</returns>
    /// <exception cref="OperationCanceledException">The waiting was ended.</exception>
    internal static StateLock? Take(Machine machine, string prefix, CancellationToken cancellation)
    {
        if (UserFolders.OwnCache(machine) is not string cache)
        {
            return null;
        }
        string name = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(prefix)))[..32].ToLowerInvariant();
        OpenFolder? folder = null;
        try
        {
            folder = OpenFolder.OpenOrCreate(Path.Combine(cache, "states"), isPrivate: true);
            while (true)
            {
                if (TryTake(folder, name) is FileLock file)
                {
                    var taken = new StateLock(folder, file);
                    folder = null;
                    return taken;
                }
                cancellation.WaitHandle.WaitOne(PauseMilliseconds);
                cancellation.ThrowIfCancellationRequested();
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        finally
        {
            folder?.Dispose();
        }
    }

    /// <summary>Releases it.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _folder.Dispose();
    }

    // Null while another process has it.
    private static FileLock? TryTake(OpenFolder folder, string name)
    {
        try
        {
            return FileLock.TakeTemporary(folder, name);
        }
        catch (IOException error) when (FileLock.IsHeld(error))
        {
            return null;
        }
    }
}
