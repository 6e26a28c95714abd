using System.Text;
using Pep668.Text;

namespace Pep668.Shells;

/// <summary>Writes the commands of remedies for one shell. Only its subclasses write commands.</summary>
internal abstract class CommandRenderer
{
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

    /// <summary>The lines that show remedies; those without a command are left out. The reason comes on a line before
    /// the command: interactive zsh reads a comment behind it as arguments.</summary>
    internal virtual IReadOnlyList<string> Lines(IReadOnlyList<Remedy> remedies) =>
        [.. Shown(remedies).SelectMany(one => (string[])[one.Reason + ":", "  " + one.Command])];

    /// <summary>The remedies that have a command, each with its reason on one line: what follows a line break would be
    /// a command.</summary>
    private protected IReadOnlyList<(string Command, string Reason)> Shown(IReadOnlyList<Remedy> remedies) =>
    [
        .. from remedy in remedies
           let command = Render(remedy)
           where command is not null
           select (command, DisplayText.Escape(remedy.Reason)),
    ];

    /// <summary>One word of a command. A terminal shows it as it is: what it would obey is written in the way of the
    /// shell.</summary>
    internal abstract string Quote(string value);

    /// <summary>Whether the shell can be given a value at all.</summary>
    internal virtual bool CanQuote(string value) =>
        !value.Contains('\0', StringComparison.Ordinal) && !DisplayText.HasLoneSurrogate(value);

    private protected virtual bool HasObjects => false;

    private protected abstract string? Product(ProductStep step, bool isPiped);

    private protected abstract string? Program(ProgramStep step);

    private protected abstract string? Remove(RemovePathStep step);

    private protected abstract string? Unset(string name);

    private protected string Words(IEnumerable<string> words) => string.Join(' ', words.Select(Quote));
}
