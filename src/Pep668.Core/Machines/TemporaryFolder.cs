namespace Pep668.Machines;

/// <summary>A new folder in the temporary folder, which only this user may enter; deleted when it is
/// disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly OpenFolder _parent;
    private readonly string _name;

    private TemporaryFolder(OpenFolder parent, string name, OpenFolder folder) => (_parent, _name, Folder) = (parent, name, folder);

    /// <summary>The folder: what is written goes through it.</summary>
    internal OpenFolder Folder { get; }

    /// <summary>Its path, for programs that are started.</summary>
    internal string FullName => Folder.FullName;

    /// <summary>Creates one: where <c>TMPDIR</c> says, if no other user can exchange a folder on the way there; else in
    /// <c>/tmp</c> or <c>/var/tmp</c>, as Python's <c>tempfile</c> does for one that is missing.</summary>
    /// <exception cref="IOException">No temporary folder can be written.</exception>
    /// <exception cref="UnauthorizedAccessException">No temporary folder may be written.</exception>
    internal static TemporaryFolder Create()
    {
        string named = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.GetTempPath()));
        Exception? failure = null;
        foreach (string path in HostPlatform.IsWindows ? (string[])[named] : [named, "/tmp", "/var/tmp"])
        {
            try
            {
                if (FileTrust.SafeFolder(path) is string safe)
                {
                    return CreateIn(safe);
                }
                failure ??= FileTree.Host.IsDirectory(path)
                    ? new IOException($"Other users can write to the temporary folder '{path}' or a folder above it.")
                    : new DirectoryNotFoundException($"The temporary folder '{path}' does not exist.");
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                failure ??= error;
            }
        }
        throw failure!;
    }

    private static TemporaryFolder CreateIn(string path)
    {
        OpenFolder parent = OpenFolder.Open(path);
        try
        {
            string name = "pep668-" + Guid.NewGuid().ToString("N");
            return parent.MakeFolder(name, isPrivate: true)
                ? new(parent, name, parent.OpenChild(name))
                : throw new IOException($"'{Path.Combine(path, name)}' exists already.");
        }
        catch
        {
            parent.Dispose();
            throw;
        }
    }

    /// <summary>The path of a file or folder in it.</summary>
    internal string At(params ReadOnlySpan<string> parts) => Path.Combine([FullName, .. parts]);

    /// <summary>Deletes it. What cannot be deleted remains until the system cleans temporary files.</summary>
    public void Dispose()
    {
        Folder.Dispose();
        try
        {
            _parent.DeleteTree(_name);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
        _parent.Dispose();
    }
}
