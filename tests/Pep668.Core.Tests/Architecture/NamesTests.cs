using System.Text.RegularExpressions;

namespace Pep668.Tests.Architecture;

/// <summary>What the names in the source of the product have to say.</summary>
public sealed partial class NamesTests
{
    [Fact]
    public void No_method_is_named_by_a_preposition() => AssertNone(Of());

    [Fact]
    public void Parts_of_a_tuple_of_more_than_two_have_names() => AssertNone(UnnamedParts());

    // Null where the version of pip is not known.
    [Fact]
    public void Only_what_pip_enforces_has_a_third_state() => Assert.Equal(
        ["ImportedPip.cs", "PythonEnvironment.cs"],
        Lines(ThirdState()).Select(line => line.Split(':')[0]).Order(StringComparer.Ordinal));

    private static void AssertNone(Regex pattern)
    {
        string[] found = [.. Lines(pattern)];
        Assert.True(found.Length == 0, string.Join('\n', found));
    }

    private static IEnumerable<string> Lines(Regex pattern) =>
        from file in Directory.EnumerateFiles(SourceTree.File("src"), "*.cs", SearchOption.AllDirectories)
        where !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal)
        from line in File.ReadLines(file)
        where pattern.IsMatch(line)
        select $"{Path.GetFileName(file)}: {line.Trim()}";

    [GeneratedRegex(@"(?<![A-Za-z.])Of\(", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Of();

    [GeneratedRegex(@"(?<!\w)\((string|int|long|bool|[A-Z]\w*)\??(, (string|int|long|bool|[A-Z]\w*)\??){2,}\)\??( [a-z]\w* ?[=;,)]|[>\[])",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UnnamedParts();

    [GeneratedRegex(@"\bbool\?", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ThirdState();
}
