namespace Pep668.Tests;

/// <summary>How often what happens by chance is tried, and by which chances: PEP668_TEST_ROUNDS and PEP668_TEST_SEED
/// say otherwise.</summary>
internal sealed class Rounds
{
    internal Rounds(int usual)
    {
        Count = int.TryParse(Environment.GetEnvironmentVariable("PEP668_TEST_ROUNDS"), out int count) ? count : usual;
        Seed = int.TryParse(Environment.GetEnvironmentVariable("PEP668_TEST_SEED"), out int seed) ? seed : Environment.TickCount;
        Random = new(Seed);
    }

    internal int Count { get; }

    internal int Seed { get; }

    internal Random Random { get; }

    /// <summary>Does something that often; a failure names the seed and the round.</summary>
    internal void Each(Action<int> round)
    {
        for (int at = 0; at < Count; at++)
        {
            try
            {
                round(at);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"round {at} of PEP668_TEST_SEED={Seed}: {error.Message}", error);
            }
        }
    }
}
