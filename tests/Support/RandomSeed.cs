using System.Globalization;
using Xunit.Sdk;

namespace Pep668.Tests;

/// <summary>
/// The seed of a random or generated test: the variable <c>PEP668_TEST_SEED</c>, else the test's fixed one, else a
/// fresh one. The message of a failure starts with <c>PEP668_TEST_SEED=…</c>, the value that repeats it.
/// </summary>
internal sealed class RandomSeed
{
    private const string Variable = "PEP668_TEST_SEED";

    private RandomSeed(int usual)
    {
        bool isGiven = int.TryParse(Environment.GetEnvironmentVariable(Variable), CultureInfo.InvariantCulture, out int given);
        Value = isGiven ? given : usual;
    }

    /// <summary>The value for <see cref="System.Random"/>, for a generator or for FsCheck.</summary>
    internal int Value { get; }

    /// <summary>The seed of a test that generates the same cases in every run.</summary>
    internal static RandomSeed Fixed(int value) => new(value);

    /// <summary>The seed of a test that generates different cases in each run.</summary>
    internal static RandomSeed Fresh() => new(Random.Shared.Next());

    /// <summary>Runs a test with the seed; a failure names it.</summary>
    internal void Run(Action<int> test)
    {
        try
        {
            test(Value);
        }
        catch (Exception error) when (error is not (SkipException or OperationCanceledException))
        {
            throw Named(error);
        }
    }

    /// <summary>Runs an asynchronous test with the seed; a failure names it.</summary>
    internal async Task RunAsync(Func<int, Task> test)
    {
        try
        {
            await test(Value);
        }
        catch (Exception error) when (error is not (SkipException or OperationCanceledException))
        {
            throw Named(error);
        }
    }

    public override string ToString() => FormattableString.Invariant($"{Variable}={Value}");

    private XunitException Named(Exception error) => new($"{this}: {error.Message}", error);
}
