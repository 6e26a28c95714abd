namespace Pep668.Machines;

/// <summary>A new folder in the temporary folder, which only this user may enter; deleted when it is
/// disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private const string UsualStart = "pep668-";

    private readonly OpenFolder _parent;
    private readonly string _name;

    private TemporaryFolder(OpenFolder parent, string name, OpenFolder folder) => (_parent, _name, Folder) = (parent, name, folder);

    /// <summary>The folder: what is written goes through it.</summary>
    internal OpenFolder Folder { get; }

    /// <summary>Its path, for programs that are started.</summary>
    internal string FullName => Folder.FullName;

    /// <summary>Creates one.</summary>
    /// <param name="start">How its name starts.</param>
    /// <exception cref="IOException">The temporary folder does not exist or cannot be written; the message names
    /// it.</exception>
    internal static TemporaryFolder Create(string start = UsualStart) =>
        TryCreate(out string? problem, start) ?? throw new IOException(problem);

    /// <summary>Creates one; null, with the reason as a clause that names the temporary folder, if that is not
    /// possible.</summary>
    internal static TemporaryFolder? TryCreate(out string? problem, string start = UsualStart)
    {
        string named = Named();
        problem = FileTree.Host.IsDirectory(named) ? $"the temporary folder '{named}' cannot be written"
            : $"the temporary folder '{named}' does not exist";
        OpenFolder? parent = OpenPlace();
        string name = start + UnusedName.New();
        try
        {
            if (parent?.MakeFolder(name, isPrivate: true) != true)
            {
                return null;
            }
            TemporaryFolder made = new(parent, name, parent.OpenChild(name));
            problem = null;
            parent = null;
            return made;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
        finally
        {
            parent?.Dispose();
        }
    }

    /// <summary>Why none can be created, as a clause; null if one can be.</summary>
    internal static string? Problem()
    {
        using TemporaryFolder? folder = TryCreate(out string? problem);
        return problem;
    }

    /// <summary>Opens the folder in which they are created. Where other users could exchange a folder in it, as in the
    /// <c>TMPDIR</c> of another user, it is a folder of the system; null if none can be used.</summary>
    internal static OpenFolder? OpenPlace() =>
        FileTree.Host.IsDirectory(Named())
        && ((string[])[Named(), "/tmp", "/var/tmp"]).Select(FileTrust.SafeFolder).FirstOrDefault(path => path is not null) is string safe
            ? OpenFolder.TryOpen(safe) : null;

    private static string Named() => Path.TrimEndingDirectorySeparator(Path.GetFullPath(Path.GetTempPath()));

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
