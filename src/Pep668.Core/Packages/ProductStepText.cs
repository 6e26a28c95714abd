namespace Pep668.Packages;

/// <summary>A <see cref="ProductStep"/> as one line of a file: the command, then each parameter, <c>=</c> and its
/// value; values are escaped as in a URL.</summary>
internal static class ProductStepText
{
    /// <summary>The line.</summary>
    internal static string Write(ProductStep step) => string.Join(' ', step.Arguments.SelectMany(argument => argument.Values.Count == 0
        ? [argument.Parameter.ToString()]
        : argument.Values.Select(value => $"{argument.Parameter}={Uri.EscapeDataString(value)}")).Prepend(step.Command.ToString()));

    /// <summary>Reads a line; null if it is not one.</summary>
    internal static ProductStep? Parse(string line)
    {
        string[] words = line.Split(' ');
        if (Named<ProductCommand>(words[0]) is not ProductCommand command)
        {
            return null;
        }
        var arguments = new List<ProductArgument>();
        foreach (string word in words.Skip(1))
        {
            string[] parts = word.Split('=', 2);
            if (Named<ProductParameter>(parts[0]) is not ProductParameter parameter)
            {
                return null;
            }
            IReadOnlyList<string> values = parts.Length == 1 ? [] : [Uri.UnescapeDataString(parts[1])];
            if (arguments is [.., { } last] && last.Parameter == parameter)
            {
                arguments[^1] = new(parameter, [.. last.Values, .. values]);
            }
            else
            {
                arguments.Add(new(parameter, values));
            }
        }
        return new(command) { Arguments = arguments };
    }

    // Exactly one name: Enum.TryParse accepts numbers and several names too.
    private static T? Named<T>(string name)
        where T : struct, Enum => Array.IndexOf(Enum.GetNames<T>(), name) is >= 0 and int at ? Enum.GetValues<T>()[at] : null;
}
