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

    /// <summary>Creates one.</summary>
    /// <exception cref="IOException">The temporary folder does not exist or cannot be written; the message names
    /// it.</exception>
    internal static TemporaryFolder Create() => TryCreate(out string? problem) ?? throw new IOException(problem);

    /// <summary>Creates one; null, with the reason as a clause that names the temporary folder, if that is not
    /// possible.</summary>
    internal static TemporaryFolder? TryCreate(out string? problem)
    {
        string named = Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.GetTempPath()));
        problem = FileTree.Host.IsDirectory(named) ? $"the temporary folder '{named}' cannot be written"
            : $"the temporary folder '{named}' does not exist";
        // Where other users could exchange the new folder, as with the TMPDIR of another user, a folder of the system is
        // used.
        string? safe = FileTree.Host.IsDirectory(named)
            ? ((string[])[named, "/tmp", "/var/tmp"]).Select(FileTrust.SafeFolder).FirstOrDefault(path => path is not null)
            : null;
        try
        {
            TemporaryFolder? made = safe is null ? null : CreateIn(safe);
            problem = made is null ? problem : null;
            return made;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Why none can be created, as a clause; null if one can be.</summary>
    internal static string? Problem()
    {
        using TemporaryFolder? folder = TryCreate(out string? problem);
        return problem;
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
