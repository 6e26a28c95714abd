using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Pep668.Shells;

namespace Pep668.Tests.Architecture;

/// <summary>Errors and warnings are made in the classes of messages only, and commands are named in the table of names
/// only.</summary>
public sealed class MessageSourcesTests
{
    private static readonly string[] MessageFiles = ["CommonRemedies.cs", "PolicyDecision.cs", "InstallAdvice.cs"];

    /// <summary>A script of the module that runs a cmdlet.</summary>
    private static readonly string[] Scripts = ["src/Pep668/Session/ActivationStack.cs"];

    private static readonly string[] Cmdlets = [.. ProductCommandNames.All.Values.Select(one => one.Cmdlet)];

    [Fact]
    public void Errors_warnings_and_commands_are_written_in_their_classes_only()
    {
        string[] faults = [.. Sources().SelectMany(Faults).Select(one => $"{one.File}: {one.Fault}")];
        Assert.True(faults.Length == 0, string.Join('\n', faults));
    }

    private static IEnumerable<string> Sources() =>
        Directory.EnumerateFiles(SourceTree.File("src"), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(SourceTree.Root, path).Replace('\\', '/'))
            .Where(path =>
                !path.Split('/').Any(part => part is "obj" or "bin") && !path.EndsWith("/ProductCommandNames.cs", StringComparison.Ordinal))
            .Order(StringComparer.Ordinal);

    private static IEnumerable<(string File, string Fault)> Faults(string file)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(File.ReadAllText(SourceTree.File(file))).GetRoot();
        bool isMessages = file.EndsWith("Messages.cs", StringComparison.Ordinal) || MessageFiles.Contains(Path.GetFileName(file));
        foreach (SyntaxNode node in isMessages ? [] : root.DescendantNodes().Where(IsMessage))
        {
            yield return (file, $"line {LineOf(node)} makes a message: {node.ToString().Split('\n')[0]}");
        }
        foreach (SyntaxToken token in Scripts.Contains(file) ? [] : root.DescendantTokens().Where(IsCommand))
        {
            yield return (file, $"line {token.GetLocation().GetLineSpan().StartLinePosition.Line + 1} has a command: {token.Text}");
        }
    }

    // With a target type only the first argument tells: new(FailureId.X, …).
    private static bool IsMessage(SyntaxNode node) => node switch
    {
        ObjectCreationExpressionSyntax made => made.Type.ToString() is "Failure" or "Notice",
        ImplicitObjectCreationExpressionSyntax made =>
            made.ArgumentList.Arguments is [{ Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax id } }, ..]
                && id.Identifier.Text is "FailureId",
        _ => false,
    };

    private static bool IsCommand(SyntaxToken token) =>
        token.Kind() is SyntaxKind.StringLiteralToken or SyntaxKind.InterpolatedStringTextToken or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.SingleLineRawStringLiteralToken
        && (token.ValueText.StartsWith("pep668 ", StringComparison.Ordinal)
            || Array.Exists(Cmdlets, one => token.ValueText.Contains(one, StringComparison.Ordinal)));

    private static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
}
