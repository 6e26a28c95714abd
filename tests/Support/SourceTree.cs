namespace Pep668.Tests;

/// <summary>The source tree that the tests were built from.</summary>
internal static class SourceTree
{
    internal static string Root { get; } = FindRoot();

    private static string FindRoot()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Pep668.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }
        return folder ?? throw new InvalidOperationException("Pep668.sln was not found above " + AppContext.BaseDirectory);
    }
}
