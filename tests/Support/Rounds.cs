using System.Globalization;

namespace Pep668.Tests;

/// <summary>
/// The repetitions of a test with random events: a part of them unless the run is full (<see cref="TestExtent"/>).
/// PEP668_TEST_ROUNDS replaces the number; see <see cref="RandomSeed"/> for the random numbers.
/// </summary>
internal sealed class Rounds
{
    private readonly RandomSeed _seed = RandomSeed.Fresh();

    internal Rounds(int full)
    {
        Count = int.TryParse(Environment.GetEnvironmentVariable("PEP668_TEST_ROUNDS"), CultureInfo.InvariantCulture, out int count)
            ? count : TestExtent.Count(full);
        Random = new(_seed.Value);
    }

    internal int Count { get; }

    internal Random Random { get; }

    /// <summary>Runs every round; a failure names the seed and the round.</summary>
    internal void Each(Action<int> round) => _seed.Run(_ =>
    {
        for (int at = 0; at < Count; at++)
        {
            try
            {
                round(at);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"round {at}: {error.Message}", error);
            }
        }
    });
}
