namespace Pep668.Tests.Contract;

public sealed class OutcomeTests
{
    private static readonly Failure[] Several =
        [.. Enum.GetValues<FailureId>().Select(id => new Failure(id, $"{id} happened.", null, CommonRemedies.ListEnvironments()))];

    public static TheoryData<int> Counts => [.. Enumerable.Range(0, Several.Length + 1)];

    [Theory]
    [MemberData(nameof(Counts))]
    public void Outcome_has_either_a_value_or_failures(int failures)
    {
        Outcome<string> outcome = failures == 0 ? "value" : Outcome.Fail<string>(Several[..failures]);
        outcome = outcome with { Notices = [new("notice")], Reasons = ["reason"] };

        bool hasValue = outcome.TryGet(out string? value, out Failure? failure);

        Assert.Equal(failures == 0, hasValue);
        Assert.Equal(hasValue ? "value" : null, value);
        Assert.Equal(value, outcome.OrNull());
        Assert.Equal(Several[..failures], outcome.Failures);
        Assert.Same(outcome.Failures is [Failure first, ..] ? first : null, failure);
        Assert.Same(failure, outcome.Failure);
        Assert.Equal(["notice", "reason"], [.. outcome.Notices.Select(one => one.Message), .. outcome.Reasons]);
    }

    [Fact]
    public void Outcome_conversions_carry_no_notices_and_no_reasons()
    {
        Outcome<string>[] outcomes = ["value", Several[0], Outcome.Success("value"), Outcome.Fail<string>([Several[0]])];

        Assert.All(outcomes, outcome => Assert.Empty(outcome.Notices.Select(one => one.Message).Concat(outcome.Reasons)));
        Assert.Equal(["value", null, "value", null], outcomes.Select(outcome => outcome.OrNull()));
        Assert.Equal([null, Several[0], null, Several[0]], outcomes.Select(outcome => outcome.Failure));
    }

    [Fact]
    public void Outcome_without_value_and_without_failure_cannot_be_created()
    {
        Assert.Throws<ArgumentException>(() => Outcome.Fail<string>([]));
        Assert.Throws<ArgumentNullException>(() => Outcome.Success<string>(null!));
        Assert.Throws<ArgumentNullException>(() => (Outcome<string>)(Failure)null!);
    }
}
