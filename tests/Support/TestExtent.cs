namespace Pep668.Tests;

/// <summary>
/// How much of a matrix is run. <c>PEP668_TEST_FULL=1</c>, which continuous integration sets, is every interpreter,
/// every row and every generated case; without it a run takes the oldest and the newest of each kind, one of the rows
/// that are alike and a part of the generated cases.
/// </summary>
internal static class TestExtent
{
    /// <summary>Whether everything is run.</summary>
    internal static bool IsFull { get; } = Environment.GetEnvironmentVariable("PEP668_TEST_FULL") is "1";

    /// <summary>Why a case is skipped.</summary>
    internal const string Reason = "runs with PEP668_TEST_FULL=1 only";

    /// <summary>The number of generated cases.</summary>
    /// <param name="full">The number in a full run.</param>
    internal static int Count(int full) => IsFull ? full : Math.Max(1, full / 10);

    /// <summary>The first and the last in an order; all in a full run.</summary>
    internal static IReadOnlyList<T> Ends<T>(IReadOnlyList<T> all) => IsFull || all.Count < 3 ? all : [all[0], all[^1]];

    /// <summary>Some cases in every run; more of the same kind in a full run only.</summary>
    internal static IReadOnlyList<T> Some<T>(IReadOnlyList<T> always, IReadOnlyList<T> full) => IsFull ? [.. always, .. full] : always;

    /// <summary>Skips a test in a run that is not full.</summary>
    internal static void NeedFull() => Assert.SkipUnless(IsFull, Reason);
}
