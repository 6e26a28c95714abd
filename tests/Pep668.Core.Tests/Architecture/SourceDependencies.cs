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

    // What the source generators of the SDK would add: bodies of partial methods, members of the JSON context.
    private static readonly HashSet<string> MissingGeneratedCode = ["CS8795", "CS0117", "CS0534", "CS7036", "CS1729"];

    private readonly string _folder;
    private readonly CSharpCompilation _compilation;
    private readonly HashSet<string> _types;

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
    /// What did not compile, apart from what is generated: a name that is not resolved would be a dependency that is
    /// not seen.
    /// </summary>
    internal IEnumerable<string> Errors => _compilation.GetDiagnostics()
        .Where(one => one.Severity == DiagnosticSeverity.Error && !MissingGeneratedCode.Contains(one.Id))
        .Select(one => one.ToString());

    internal IReadOnlyList<Dependency> Read() =>
        [.. _compilation.SyntaxTrees.AsParallel().Where(tree => tree.FilePath.Length > 0).SelectMany(Read).Distinct()];

    private IEnumerable<Dependency> Read(SyntaxTree tree)
    {
        SemanticModel model = _compilation.GetSemanticModel(tree);
        string file = Path.GetRelativePath(_folder, tree.FilePath);
        foreach (SyntaxNode node in tree.GetRoot().DescendantNodes())
        {
            (string? name, string? component) = node switch
            {
                UsingDirectiveSyntax { NamespaceOrType: NameSyntax used } => Used(model, used),
                SimpleNameSyntax used when _types.Contains(used.Identifier.Text) => Used(model.GetSymbolInfo(used).Symbol),
                _ => (null, null),
            };
            if (name is null || component is null)
            {
                continue;
            }
            (string from, string? fromComponent) = Owner(model, tree, node, file);
            if (fromComponent is not null && fromComponent != component)
            {
                int line = node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
                yield return new(from, fromComponent, name, component, FormattableString.Invariant($"{file}:{line}"));
            }
        }
    }

    private static string? NameOfDeclared(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.Text,
        DelegateDeclarationSyntax type => type.Identifier.Text,
        _ => null,
    };

    // Of a using line the namespace counts, whether a name of it is used or not; of a static one the type.
    private static (string? Name, string? Component) Used(SemanticModel model, NameSyntax name) => model.GetSymbolInfo(name).Symbol switch
    {
        INamespaceSymbol used => (used.ToDisplayString(), Layers.ComponentOf(used.ToDisplayString())),
        ISymbol other => Used(other),
        null => (null, null),
    };

    private static (string? Name, string? Component) Used(ISymbol? symbol)
    {
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
