namespace Pep668.Tests;

/// <summary>
/// The shared libraries of pipx for all tests of this process: pipx makes them once, which takes seconds. They are an
/// environment with pip, so that one from the cache of seeds does as well; in a full run (<see cref="TestExtent"/>) it
/// is pipx that makes it.
/// </summary>
internal static class SharedPipx
{
    private static readonly Lazy<string> Made = new(() =>
    {
        string folder = Path.Combine(SharedSeeds.Cache, "pipx");
        if (!TestExtent.IsFull)
        {
            Assert.Null(new VenvMaker(SharedSeeds.Cache).Make(folder).Failure);
            // pipx upgrades them if this file is old.
            File.SetLastWriteTimeUtc(Path.Combine(folder, "bin", "pip"), DateTime.UtcNow);
        }
        return folder;
    });

    /// <summary>The value of <c>PIPX_SHARED_LIBS</c>.</summary>
    internal static string Libraries => Made.Value;
}
