namespace Pep668.Hosted.Tests;

/// <summary>Where things stand in the source tree.</summary>
internal static class SourceTree
{
    internal static string Root { get; } = FindRoot();

    internal static string Manifest => Path.Combine(Root, "Pep668.psd1");

    internal static string Module => Path.Combine(Root, "bin", "Pep668.dll");

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Pep668.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }
        return folder ?? throw new InvalidOperationException("There is no Pep668.sln above " + AppContext.BaseDirectory);
    }
}
