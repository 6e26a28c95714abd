using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Pep668.Tests.LongestFirst))]

namespace Pep668.Tests;

/// <summary>The classes with one long test before the others: at the end, it would run alone.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    private static readonly string[] Longest = [nameof(Ansible.AnsiblePlaybookTests), nameof(DscResourceTests), nameof(RemedyRunTests)];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(
        IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(one =>
            Longest.Any(name => one.TestCollectionDisplayName.Contains(name, StringComparison.Ordinal)))];
}
