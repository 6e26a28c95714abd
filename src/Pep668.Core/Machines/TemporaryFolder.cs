namespace Pep668.Machines;

/// <summary>A new folder in the temporary folder, which only this user may enter; deleted when it is
/// disposed.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private TemporaryFolder(string path) => FullName = path;

    /// <summary>Its path.</summary>
    internal string FullName { get; }

    /// <summary>Creates one.</summary>
    /// <exception cref="IOException">The temporary folder does not exist or cannot be written; the message names
    /// it.</exception>
    internal static TemporaryFolder Create() => TryCreate(out string? problem) ?? throw new IOException(problem);

    /// <summary>Creates one; null, with the reason as a clause that names the temporary folder, if that is not
    /// possible.</summary>
    internal static TemporaryFolder? TryCreate(out string? problem)
    {
        string parent = Path.TrimEndingDirectorySeparator(Path.GetTempPath());
        try
        {
            problem = null;
            return new(Directory.CreateTempSubdirectory("pep668-").FullName);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problem = Directory.Exists(parent) ? $"the temporary folder '{parent}' cannot be written"
                : $"the temporary folder '{parent}' does not exist";
            return null;
        }
    }

    /// <summary>Why none can be created, as a clause; null if one can be.</summary>
    internal static string? Problem()
    {
        using TemporaryFolder? folder = TryCreate(out string? problem);
        return problem;
    }

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
