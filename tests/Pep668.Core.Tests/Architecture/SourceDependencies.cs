using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Pep668.Tests.Architecture;

/// <summary>
/// What the source files use by name: every <c>using</c> line, and every name of a type. The type of a constant and
/// the operand of <c>nameof</c> are only here: the compiler leaves no trace of them in the assembly.
/// </summary>
internal sealed class SourceDependencies
{
    // As ImplicitUsings of Microsoft.NET.Sdk.
    private const string GlobalUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private readonly string _folder;
    private readonly CSharpCompilation _compilation;
    private readonly HashSet<string> _types;
    private readonly ConcurrentQueue<string> _unresolved = new();

    internal SourceDependencies(string folder)
    {
        _folder = folder;
        CSharpParseOptions options = new(LanguageVersion.Preview);
        IEnumerable<string> files = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !IsBuildOutput(Path.GetRelativePath(folder, path)));
        string references = (string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!;
        _compilation = CSharpCompilation.Create(
            "Pep668.Core",
            [
                .. files.Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), options, path)),
                CSharpSyntaxTree.ParseText(GlobalUsings, options),
            ],
            references.Split(Path.PathSeparator).Where(IsOfFramework).Select(path => MetadataReference.CreateFromFile(path)),
            new(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true));
        _types = [.. _compilation.SyntaxTrees.SelectMany(tree => tree.GetRoot().DescendantNodes()).Select(NameOfDeclared).OfType<string>()];
    }

    /// <summary>
    /// The names of types and the <c>using</c> lines that were not resolved: each would be a dependency that is not
    /// seen. The rest of what the compiler checks was checked when Core was built.
    /// </summary>
    internal IReadOnlyList<string> Unresolved => [.. _unresolved.Order(StringComparer.Ordinal)];

    /// <summary>Reads all files.</summary>
    internal IReadOnlyList<Dependency> Read() =>
        [.. _compilation.SyntaxTrees.AsParallel().Where(tree => tree.FilePath.Length > 0).SelectMany(Read).Distinct()];

    private IEnumerable<Dependency> Read(SyntaxTree tree)
    {
        SemanticModel model = _compilation.GetSemanticModel(tree);
        string file = Path.GetRelativePath(_folder, tree.FilePath);
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
        {
            NameSyntax? used = node switch
            {
                UsingDirectiveSyntax { NamespaceOrType: NameSyntax of } => of,
                SimpleNameSyntax of when _types.Contains(of.Identifier.Text) => of,
                _ => null,
            };
            if (used is null)
            {
                continue;
            }
            string place = FormattableString.Invariant($"{file}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}");
            ISymbol? symbol = model.GetSymbolInfo(used).Symbol;
            if (symbol is null && !IsMemberOfGenerated(model, used))
            {
                _unresolved.Enqueue($"{place}: {used}");
            }
            (string? name, string? component) = Used(symbol);
            (string from, string? fromComponent) = component is null ? ("", null) : Owner(model, tree, node, file);
            if (name is not null && component is not null && fromComponent is not null && fromComponent != component)
            {
                yield return new(from, fromComponent, name, component, place);
            }
        }
    }

    // A member of what a source generator of the SDK adds, such as Default of a JSON context.
    private static bool IsMemberOfGenerated(SemanticModel model, NameSyntax used) =>
        used.Parent is MemberAccessExpressionSyntax access && access.Name == used && model.GetSymbolInfo(access.Expression).Symbol is null;

    private static string? NameOfDeclared(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        _ => null,
    };

    // Of a using line the namespace counts, whether a name of it is used or not; of a static one the type.
    private static (string? Name, string? Component) Used(ISymbol? symbol)
    {
        if (symbol is INamespaceSymbol space)
        {
            return (space.ToDisplayString(), Layers.ComponentOf(space.ToDisplayString()));
        }
        INamedTypeSymbol? type = symbol as INamedTypeSymbol ?? symbol?.ContainingType;
        while (type?.ContainingType is not null)
        {
            type = type.ContainingType;
        }
        return type?.ContainingNamespace is INamespaceSymbol { IsGlobalNamespace: false } used
            && type.Locations.Any(place => place.IsInSource)
            ? (type.OriginalDefinition.ToDisplayString(), Layers.ComponentOf(used.ToDisplayString()))
            : (null, null);
    }

    private static (string Name, string? Component) Owner(SemanticModel model, SyntaxTree tree, SyntaxNode node, string file)
    {
        if (node.AncestorsAndSelf().OfType<BaseTypeDeclarationSyntax>().LastOrDefault() is BaseTypeDeclarationSyntax declaration)
        {
            (string? name, string? component) = Used(model.GetDeclaredSymbol(declaration));
            return (name ?? file, component);
        }
        BaseNamespaceDeclarationSyntax? first = tree.GetRoot().DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>().FirstOrDefault();
        return (file, first is null ? null : Layers.ComponentOf(first.Name.ToString()));
    }

    private static bool IsOfFramework(string path) =>
        Path.GetFileName(path) is string name
        && (name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.Win32.", StringComparison.Ordinal));

    private static bool IsBuildOutput(string path) => path.Split(Path.DirectorySeparatorChar)[0] is "bin" or "obj";
}
