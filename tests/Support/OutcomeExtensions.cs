namespace Pep668.Tests;

internal static class OutcomeExtensions
{
    /// <summary>The value; where it is missing, the test fails with the failure's text.</summary>
    internal static T Value<T>(this Outcome<T> outcome)
        where T : class
    {
        Assert.True(outcome.TryGet(out T? value, out Failure? failure), failure?.ToString());
        return value!;
    }
}
