namespace Pep668.Shells;

/// <summary>Writes the product's own commands as those of the companion.</summary>
internal abstract class CompanionRenderer : CommandRenderer
{
    private const string ProgramName = "pep668";

    /// <inheritdoc/>
    private protected override string? Product(ProductStep step, bool isPiped)
    {
        ProductCommandNames names = ProductCommandNames.All[step.Command];
        if (names.Companion is null)
        {
            return null;
        }
        List<string> words = [.. AsRoot(step), ProgramName, names.Companion];
        foreach (ProductArgument argument in step.Arguments)
        {
            ProductParameterNames? name = names.Find(argument.Parameter);
            if (name is { Companion: null, IsFilter: true })
            {
                continue;
            }
            if (name?.Companion is not string option || !argument.Values.All(CanQuote))
            {
                return null;
            }
            words.AddRange(argument.Values.Count == 0 ? [option] : argument.Values.SelectMany(value => Words(option, value)));
        }
        return string.Join(' ', words);
    }

    /// <summary>The words before a command that root runs.</summary>
    private protected virtual IReadOnlyList<string> AsRoot(RemedyStep step) => [];

    // A value that begins with a dash would be an option.
    private IEnumerable<string> Words(string option, string value) =>
        option.Length == 0 ? [Quote(value.StartsWith('-') ? "./" + value : value)]
        : value.StartsWith('-') ? [Quote($"{option}={value}")]
        : [option, Quote(value)];
}
