using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Pep668.Tests.Architecture;

/// <summary>Phrases that readers did not understand do not return: in the documents, in the code with its messages, and
/// in comments of the tests.</summary>
public sealed class WordsTests
{
    private static readonly Regex Phrases = new(
        @"\b(mend(s|ed|ing)?|way out|whole, or not at all|looks after|passed over|is no (requirement|version|environment|existing|path|"
        + @"interpreter)|there is none|somebody else|such as it is|what it lacks|gives? way|heed(s|ed)?|all the same|of its own accord|"
        + @"is meant|what stands|stands there|half there)\b",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking);

    [Fact]
    public void Documents_are_free_of_the_phrases() => AssertNone(
        Directory.EnumerateFiles(SourceTree.Root, "*.md")
            .Concat(Directory.EnumerateFiles(SourceTree.File("docs"), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(SourceTree.File("src"), "*.md", SearchOption.AllDirectories))
            .SelectMany(path => Found(path, File.ReadAllText(path))));

    [Fact]
    public void Code_and_its_messages_are_free_of_the_phrases() => AssertNone(
        ((string[])["*.cs", "*.ps1xml", "*.psd1", "*.ps1"]).SelectMany(kind => Files("src", kind).Concat(Files("build", kind)))
            .Append(SourceTree.File("Pep668.psd1")).Append(SourceTree.File("build.ps1"))
            .SelectMany(path => Found(path, File.ReadAllText(path))));

    [Fact]
    public void Comments_are_free_of_the_phrases() => AssertNone(
        Files("tests", "*.cs").SelectMany(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path)).GetRoot().DescendantTrivia()
            .Where(IsComment).SelectMany(comment => Found(path, comment.ToFullString()))));

    private static IEnumerable<string> Files(string folder, string kind) =>
        Directory.EnumerateFiles(SourceTree.File(folder), kind, SearchOption.AllDirectories)
            .Where(path => !path.Split(Path.DirectorySeparatorChar).Any(part => part is "obj" or "bin"));

    private static IEnumerable<string> Found(string path, string text) =>
        Phrases.Matches(text).Select(match => $"{Path.GetRelativePath(SourceTree.Root, path)}: {match.Value}");

    private static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia
        or SyntaxKind.MultiLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia;

    private static void AssertNone(IEnumerable<string> found) => Assert.Empty(found.Distinct(StringComparer.Ordinal));
}
