using Pep668.DesiredState;

namespace Pep668.Tests.DesiredState;

/// <summary>What every resource reports when its state is set, with a resource that fails in each step.</summary>
public sealed class ResourceTypeTests : IDisposable
{
    private readonly ResourceWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("get", "get")]
    [InlineData("apply", "get, apply")]
    [InlineData("nothing", "get, apply")]
    [InlineData("", "get, apply")]
    [InlineData("plan", "get, plan", true)]
    [InlineData("", "get, plan", true)]
    public void Warnings_are_handed_on_whatever_fails(string failing, string expected, bool isPlan = false)
    {
        Outcome<ResourceChange> outcome = new Fake(failing).Set(_world.Host, Desired, isPlan, out _);
        Assert.Equal(failing.Length > 0, outcome.Failure is not null);
        Assert.Equal(expected, string.Join(", ", outcome.Notices.Select(one => one.Message)));
        Assert.Equal(["get"], new Fake(failing).Test(_world.Host, Desired).Notices.Select(one => one.Message));
    }

    [Fact]
    public void State_that_is_not_reached_without_an_error_has_its_own_error()
    {
        Failure failure = new Fake("nothing").Set(_world.Host, Desired, isPlan: false, out bool hasChanged).Failure!;
        Assert.Equal((FailureId.StateNotReached, false), (failure.Id, hasChanged));
        Assert.Equal("Fake differs from the desired state after it was set: value.", failure.Message);
        Assert.Equal(FailureCode.ToolFailed, FailureCode.For(failure.Id));
    }

    [Theory]
    [InlineData("", false, true)]
    [InlineData("later", false, true)]
    [InlineData("apply", false, false)]
    [InlineData("", true, false)]
    public void Change_is_known_also_if_a_later_step_fails(string failing, bool isPlan, bool expected)
    {
        new Fake(failing).Set(_world.Host, Desired, isPlan, out bool hasChanged);
        Assert.Equal(expected, hasChanged);
    }

    private static ResourceState Desired => ResourceState.Empty.With("value", "new");

    private sealed class Fake(string failing) : ResourceType
    {
        private string _value = "old";

        internal override string Name => "Fake";

        internal override string Description => "";

        internal override IReadOnlyList<ResourceProperty> Properties { get; } =
            [new("value", ResourceValue.Text, ResourceAccess.Desired, "")];

        internal override Outcome<ResourceState> Get(ResourceHost host, ResourceState desired) =>
            (failing is "get" ? Failed : ResourceState.Empty.With("value", _value)) with { Notices = [new Notice("get")] };

        internal override Outcome<IReadOnlyList<ResourceState>> Export(ResourceHost host, ResourceState filter) => Outcome.Success(
            (IReadOnlyList<ResourceState>)[]);

        private protected override Outcome<ResourceState> Plan(ResourceHost host, ResourceTest test, ResourceProgress progress)
        {
            progress.Add(new Notice("plan"));
            return failing is "plan" ? Failed : test.Desired;
        }

        private protected override Outcome<ResourceState> Apply(ResourceHost host, ResourceTest test, ResourceProgress progress)
        {
            progress.Add(new Notice("apply"));
            _value = failing is "apply" or "nothing" ? _value : test.Desired.Text("value")!;
            return failing is "apply" or "later" ? Failed : Get(host, test.Desired);
        }

        private static Outcome<ResourceState> Failed => new Failure(FailureId.VenvNotWritten, "It failed.", null);
    }
}
