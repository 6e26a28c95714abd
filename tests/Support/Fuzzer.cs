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
/// number of inputs is <see cref="TestExtent.Count"/>.
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
        Exception? failure = null;
        var thread = new Thread(
            () =>
            {
                try
                {
                    long end = Time is TimeSpan time ? Environment.TickCount64 + (long)time.TotalMilliseconds : long.MaxValue;
                    int count = Time is null ? TestExtent.Count(full) : int.MaxValue;
                    for (int input = 0; input < count && Environment.TickCount64 < end; input++)
                    {
                        FuzzTarget next = targets[input % targets.Count];
                        Volatile.Write(ref target, next.Name);
                        // Each input has random numbers of its own, so that it can be repeated without those before it.
                        var random = new Random(unchecked(seed + input));
                        byte[] bytes = new Mutator(random).Change(
                            next.Seeds[random.Next(next.Seeds.Count)], next.Seeds[random.Next(next.Seeds.Count)]);
                        Try(next, input, bytes);
                        Volatile.Write(ref inputs, input + 1);
                    }
                }
                catch (Exception error)
                {
                    failure = error;
                }
            },
            StackSize) { IsBackground = true };
        thread.Start();
        for (int before = -1; !thread.Join(LongestInput); before = Volatile.Read(ref inputs))
        {
            Assert.True(Volatile.Read(ref inputs) != before,
                FormattableString.Invariant($"input {before} of {target} takes more than {LongestInput.TotalSeconds} seconds"));
        }
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{inputs} inputs"));
        Assert.True(failure is null, failure?.ToString());
    });

    private static void Try(FuzzTarget target, int input, byte[] bytes)
    {
        try
        {
            target.Read(bytes);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"input {input} of {target.Name}, {Convert.ToBase64String(bytes.AsSpan(0, Math.Min(bytes.Length, 2000)))}: {error}"), error);
        }
    }
}
