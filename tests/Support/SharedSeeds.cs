namespace Pep668.Tests;

/// <summary>
/// One cache of seeds for all tests of this process that create environments: to make the seed of an interpreter takes
/// seconds. It is deleted at the end of the process.
/// </summary>
internal static class SharedSeeds
{
    /// <summary>The value of <c>PEP668_CACHE_DIR</c>.</summary>
    internal static string Cache { get; } = Directory.CreateTempSubdirectory("pep668-shared-cache-").FullName;

    static SharedSeeds() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(Cache, recursive: true);
}
