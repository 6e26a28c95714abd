namespace Pep668.Tests;

/// <summary>The collection of real distributors' markers, where one is in a folder beside the checkout.</summary>
internal static class RealMarkers
{
    internal static string? Folder()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Pep668.sln")))
            {
                string markers = Path.Combine(folder.FullName, "..", "shared", "markers");
                return Directory.Exists(markers) ? Path.GetFullPath(markers) : null;
            }
        }
        return null;
    }

    internal static IReadOnlyList<byte[]> Contents() =>
        Folder() is string folder ? [.. Directory.GetFiles(folder).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)] : [];
}
