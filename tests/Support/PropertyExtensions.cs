using FsCheck;

namespace Pep668.Tests;

internal static class PropertyExtensions
{
    // SplitMix's constant: FsCheck takes any odd number.
    private const ulong Gamma = 0x9E3779B97F4A7C15;

    /// <summary>Checks a property with a seed (<see cref="RandomSeed"/>); a failure names it.</summary>
    internal static void CheckWithSeed(this Property property, int tests = 100) => RandomSeed.Fresh().Run(
        seed => Check.One(Config.QuickThrowOnFailure.WithMaxTest(tests).WithReplay((uint)seed, Gamma), property));
}
