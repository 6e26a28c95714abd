using FsCheck;
using FsCheck.Fluent;

namespace Pep668.Tests.Shells;

/// <summary>The hostile values and random ones.</summary>
internal static class GeneratedValues
{
    /// <summary>Runs a test with all of them; a failure names the seed.</summary>
    internal static void Each(Action<IReadOnlyList<string>> test) => RandomSeed.Fresh().Run(seed =>
    {
        int count = TestExtent.Count(400);
        IEnumerable<string?> generated = Gen.Sample(ArbMap.Default.GeneratorFor<string>(), count, new Rnd((ulong)(uint)seed), 20);
        test([.. HostileValues.All.Concat(HostileValues.Random(seed, count)).Concat(generated.OfType<string>().Where(IsText))
            .Distinct(StringComparer.Ordinal)]);
    });

    // A shell gets its arguments without NUL and, from .NET, in valid Unicode.
    private static bool IsText(string value) => !value.Contains('\0') && value.EnumerateRunes().All(rune => rune.Value != 0xFFFD);
}
