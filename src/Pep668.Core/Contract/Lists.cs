namespace Pep668;

/// <summary>The lists of the contract.</summary>
internal static class Lists
{
    /// <summary>A list that PowerShell can index: an array. The lists that the compiler makes of collection expressions
    /// have no public indexer, and <c>$list[0]</c> would return the whole list.</summary>
    internal static T[] Indexable<T>(IReadOnlyList<T> list) => list as T[] ?? [.. list];
}
