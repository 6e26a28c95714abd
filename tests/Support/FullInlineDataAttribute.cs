using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace Pep668.Tests;

/// <summary>A row of a theory, as <c>InlineData</c> is one, for a full run only (<see cref="TestExtent"/>): another row
/// tests the same.</summary>
/// <param name="data">The arguments of the test.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class FullInlineDataAttribute(params object?[]? data) : DataAttribute
{
    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
        new([new TheoryDataRow(data ?? [null]) { Skip = TestExtent.IsFull ? null : TestExtent.Reason }]);

    /// <inheritdoc/>
    public override bool SupportsDiscoveryEnumeration() => true;
}
