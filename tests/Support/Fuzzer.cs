using System.Collections.Concurrent;
using System.Globalization;

namespace Pep668.Tests;

/// <summary>A reader and valid inputs of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Read">Reads bytes; an exception is a defect.</param>
/// <param name="Seeds">Valid inputs.</param>
internal sealed record FuzzTarget(string Name, Action<byte[]> Read, params IReadOnlyList<byte[]> Seeds)
{
    /// <summary>A reader of text.</summary>
    internal static FuzzTarget OfText(string name, Action<string> read, params IReadOnlyList<string> seeds) => new(name,
        bytes => read(System.Text.Encoding.UTF8.GetString(bytes)), [.. seeds.Select(System.Text.Encoding.UTF8.GetBytes)]);
}

/// <summary>
/// Gives readers changed inputs: on a thread with a small stack, so that a recursion without a bound ends the run, and
/// with a watch that fails if one input takes too long. PEP668_TEST_FUZZ_SECONDS is the time of a run; without it, the
/// number of inputs depends on <see cref="TestExtent"/>.
/// </summary>
internal static class Fuzzer
{
    private const int StackSize = 512 << 10; // macOS's, which is the smallest

    private static readonly TimeSpan LongestInput = TimeSpan.FromSeconds(20);

    private static TimeSpan? Time { get; } = int.TryParse(
        Environment.GetEnvironmentVariable("PEP668_TEST_FUZZ_SECONDS"), CultureInfo.InvariantCulture, out int seconds)
        ? TimeSpan.FromSeconds(seconds) : null;

    /// <summary>Runs all readers, in turn.</summary>
    /// <param name="targets">The readers.</param>
    /// <param name="full">The number of inputs in a full run.</param>
    internal static void Run(IReadOnlyList<FuzzTarget> targets, int full) => RandomSeed.Fresh().Run(seed =>
    {
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"PEP668_TEST_SEED={seed}"));
        int inputs = 0;
        string target = "";
        var failures = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        var thread = new Thread(
            () =>
            {
                long end = Time is TimeSpan time ? Environment.TickCount64 + (long)time.TotalMilliseconds : long.MaxValue;
                int count = Time is null ? TestExtent.IsFull ? full : full / 20 : int.MaxValue;
                for (int input = 0; input < count && Environment.TickCount64 < end; input++)
                {
                    FuzzTarget next = targets[input % targets.Count];
                    Volatile.Write(ref target, next.Name);
                    if (!failures.ContainsKey(next.Name) && Failure(next, unchecked(seed + input)) is string failure)
                    {
                        failures[next.Name] = FormattableString.Invariant($"input {input} of {next.Name}: {failure}");
                    }
                    Volatile.Write(ref inputs, input + 1);
                }
            },
            StackSize) { IsBackground = true };
        thread.Start();
        for (int before = -1; !thread.Join(LongestInput); before = Volatile.Read(ref inputs))
        {
            Assert.True(Volatile.Read(ref inputs) != before, FormattableString.Invariant(
                $"input {before} of {Volatile.Read(ref target)} takes more than {LongestInput.TotalSeconds} seconds"));
        }
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{inputs} inputs"));
        Assert.True(failures.IsEmpty, string.Join("\n\n", failures.Values));
    });

    // Each input has random numbers of its own, so that it can be repeated without those before it.
    private static string? Failure(FuzzTarget target, int seed)
    {
        var random = new Random(seed);
        byte[] bytes = new Mutator(random).Change(
            target.Seeds[random.Next(target.Seeds.Count)], target.Seeds[random.Next(target.Seeds.Count)]);
        try
        {
            target.Read(bytes);
            return null;
        }
        catch (Exception error)
        {
            string start = Convert.ToBase64String(bytes.AsSpan(0, Math.Min(bytes.Length, 1000)));
            return FormattableString.Invariant($"{bytes.Length} bytes, {start}\n{error}");
        }
    }
}
