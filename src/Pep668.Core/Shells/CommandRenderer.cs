using System.Text;

namespace Pep668.Shells;

/// <summary>Writes the commands of remedies for one shell. Only its subclasses write commands.</summary>
internal abstract class CommandRenderer
{
    private const int WidestCommand = 60;

    /// <summary>The command of a remedy on one line; null if the shell, or the product in that shell, has
    /// none.</summary>
    internal string? Render(Remedy remedy)
    {
        var text = new StringBuilder();
        foreach (RemedyStep step in remedy.Steps)
        {
            bool isPiped = text.Length > 0 && HasObjects && step is ProductStep { IsPiped: true };
            string? command = step switch
            {
                ProductStep product => Product(product, isPiped),
                ProgramStep program when program.Arguments.All(CanQuote) => Program(program),
                RemovePathStep remove when remove.Paths.All(CanQuote) => Remove(remove),
                UnsetVariableStep unset => Unset(unset.Name),
                _ => null,
            };
            if (command is null)
            {
                return null;
            }
            text.Append(text.Length == 0 ? "" : isPiped ? " | " : " && ").Append(command);
        }
        return text.Length == 0 ? null : text.ToString();
    }

    /// <summary>The lines that show remedies: each command, and its reason as a comment beside it.</summary>
    /// <param name="remedies">The remedies; those without a command are left out.</param>
    /// <param name="width">The width of a line that must not be exceeded, in columns: if any line would be longer, each
    /// reason comes on a line before its command; null for no limit.</param>
    internal IReadOnlyList<string> Lines(IReadOnlyList<Remedy> remedies, int? width = null)
    {
        (string Command, string Comment)[] shown =
            [.. remedies.Select(one => (Render(one), Comment(OneLine(one.Reason)))).Where(one => one.Item1 is not null)
                .Select(one => (one.Item1!, one.Item2))];
        int column = shown.Where(one => one.Command.Length <= WidestCommand).Select(one => one.Command.Length).DefaultIfEmpty().Max();
        string[] beside = [.. shown.Select(one => $"{one.Command.PadRight(column)}    {one.Comment}")];
        return width is int limit && beside.Any(line => line.Length > limit)
            ? [.. shown.SelectMany(one => (string[])[one.Comment.TrimStart('&', ' '), one.Command])]
            : beside;
    }

    /// <summary>One word of a command.</summary>
    internal abstract string Quote(string value);

    /// <summary>Whether the shell can be given a value at all.</summary>
    internal virtual bool CanQuote(string value) => !value.Contains('\0', StringComparison.Ordinal);

    private protected virtual bool HasObjects => false;

    private protected abstract string? Product(ProductStep step, bool isPiped);

    private protected abstract string? Program(ProgramStep step);

    private protected abstract string Remove(RemovePathStep step);

    private protected abstract string? Unset(string name);

    private protected virtual string Comment(string reason) => "# " + reason;

    // What follows a line break would be a command.
    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));

    private protected string Words(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));
}
