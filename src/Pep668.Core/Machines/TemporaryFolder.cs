namespace Pep668.Machines;

/// <summary>A new folder in the temporary folder, which only this user may enter; deleted when it is
/// disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private TemporaryFolder(string path) => FullName = path;

    /// <summary>Its path.</summary>
    internal string FullName { get; }

    /// <summary>Creates one.</summary>
    /// <exception cref="IOException">The temporary folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The temporary folder may not be written.</exception>
    internal static TemporaryFolder Create() => Create("pep668-");

    /// <summary>Creates one whose name starts with a text.</summary>
    /// <exception cref="IOException">The temporary folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The temporary folder may not be written.</exception>
    internal static TemporaryFolder Create(string start) => new(Directory.CreateTempSubdirectory(start).FullName);

    /// <summary>The path of a file or folder in it.</summary>
    internal string At(params ReadOnlySpan<string> parts) => Path.Combine([FullName, .. parts]);

    /// <summary>Deletes it. What cannot be deleted is left to the system's own cleaning of temporary files.</summary>
    public void Dispose()
    {
        try
        {
            Directory.Delete(FullName, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
        }
    }
}
