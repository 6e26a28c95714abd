using Pep668.Shells;

namespace Pep668.Tests.Shells;

/// <summary>The names of commands agree with the manifest and the documents. That module and companion have them is
/// tested with the module and the companion.</summary>
public sealed class ProductCommandNamesTests
{
    public static TheoryData<ProductCommand> Commands => new(Enum.GetValues<ProductCommand>());

    [Fact]
    public void Every_exported_cmdlet_has_one_entry()
    {
        string manifest = File.ReadAllText(SourceTree.Manifest);
        string[] exported = [.. manifest.Split("CmdletsToExport")[1].Split(')')[0].Split('\'').Where((_, index) => index % 2 == 1)];
        Assert.Equal(
            exported.Order(StringComparer.Ordinal),
            Enum.GetValues<ProductCommand>().Select(command => ProductCommandNames.All[command].Cmdlet).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Parameters_are_unique_and_at_most_one_is_positional(ProductCommand command)
    {
        IReadOnlyList<ProductParameterNames> parameters = ProductCommandNames.All[command].Parameters;
        Assert.Distinct(parameters.Select(one => one.Parameter));
        Assert.Distinct(parameters.Select(one => one.Cmdlet).OfType<string>());
        Assert.Distinct(parameters.Select(one => one.Companion).OfType<string>());
        Assert.True(parameters.Count(one => one.Cmdlet is null) <= 1, "Two parameters of the cmdlet have no name.");
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Parameters_are_in_the_help_of_their_cmdlet(ProductCommand command)
    {
        ProductCommandNames names = ProductCommandNames.All[command];
        string help = File.ReadAllText(SourceTree.File($"docs/cmdlets/{names.Cmdlet}.md"));
        Assert.All(names.Parameters.Select(one => one.Cmdlet).OfType<string>(),
            name => Assert.Contains($"-{name}", help, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Companion_documents_the_command_or_its_absence(ProductCommand command)
    {
        ProductCommandNames names = ProductCommandNames.All[command];
        string document = File.ReadAllText(SourceTree.File("docs/companion.md"));
        Assert.Contains(names.Companion is null ? $"`{names.Cmdlet}`" : $"pep668 {names.Companion}", document, StringComparison.Ordinal);
    }
}
