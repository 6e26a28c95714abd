using Pep668.Pip.Requests;

namespace Pep668.Tests.Pip.Policy;

/// <summary>Each decision reads the state of the environment again.</summary>
public sealed class PipPolicyTests : IDisposable
{
    private readonly ManagedWorld _managed = new();

    public void Dispose() => _managed.Dispose();

    [Fact]
    public void Marker_is_read_again_for_each_decision()
    {
        PipRequest request = _managed.Install();
        Assert.NotNull(_managed.Decide(request).Refusal);
        File.Delete(_managed.World.OnDisk("/usr/lib/python3.11/EXTERNALLY-MANAGED"));
        Assert.Null(_managed.Decide(request).Refusal);
    }
}
