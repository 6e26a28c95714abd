using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace Pep668.Analyzers;

/// <summary>Reports lines of code of more than 140 columns, and lines of comments of more than 120.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LineWidthAnalyzer : DiagnosticAnalyzer
{
    private const int CodeColumns = 140;
    private const int CommentColumns = 120;

    private static readonly DiagnosticDescriptor Rule = new(
        "PEP6680", "The line is too long", "The line has {0} columns; at most {1} are allowed", "Style",
        DiagnosticSeverity.Warning, isEnabledByDefault: true);

    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => ImmutableArray.Create(Rule);

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxTreeAction(Check);
    }

    private static void Check(SyntaxTreeAnalysisContext context)
    {
        SourceText text = context.Tree.GetText(context.CancellationToken);
        foreach (TextLine line in text.Lines)
        {
            int columns = line.Span.Length;
            if (columns <= CommentColumns)
            {
                continue;
            }
            int limit = columns > CodeColumns || !IsComment(context, text, line) ? CodeColumns : CommentColumns;
            if (columns > limit)
            {
                context.ReportDiagnostic(Diagnostic.Create(Rule, Location.Create(context.Tree, line.Span), columns, limit));
            }
        }
    }

    private static bool IsComment(SyntaxTreeAnalysisContext context, SourceText text, TextLine line)
    {
        int start = line.Start;
        while (start < line.End && char.IsWhiteSpace(text[start]))
        {
            start++;
        }
        return context.Tree.GetRoot(context.CancellationToken).FindTrivia(start).Kind()
            is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.SingleLineDocumentationCommentTrivia;
    }
}
