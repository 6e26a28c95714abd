namespace Pep668.Tests;

/// <summary>Paths in the source tree that the tests were built from.</summary>
internal static class SourceTree
{
    internal static string Root { get; } = FindRoot();

    internal static string Manifest => File("Pep668.psd1");

    internal static string Module => File("bin/Pep668.dll");

    internal static string File(string path) => Path.Combine(Root, path);

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !System.IO.File.Exists(Path.Combine(folder, "Pep668.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }
        return folder ?? throw new InvalidOperationException("Pep668.sln was not found in a parent folder of " + AppContext.BaseDirectory);
    }
}
