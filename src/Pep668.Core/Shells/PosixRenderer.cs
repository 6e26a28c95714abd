using System.Text;
using Pep668.Text;

namespace Pep668.Shells;

/// <summary>Writes commands for POSIX shells: sh, dash, bash, zsh and ksh.</summary>
internal sealed class PosixRenderer : CompanionRenderer
{
    internal static PosixRenderer Instance { get; } = new();

    /// <inheritdoc/>
    /// <remarks>fish, too, reads them as they are meant: between its single quotes, a backslash is an escape before
    /// another one and before a quote. zsh replaces <c>=name</c> by the path of a program, fish <c>%self</c> by its
    /// process. What a terminal obeys is written as octal numbers of <c>printf</c>, which every shell has; dash and
    /// fish do not have <c>$'…'</c>.</remarks>
    internal override string Quote(string value) =>
        !DisplayText.IsPlain(value) ? Printed(value)
        : value is ['=' or '%', ..] && ScriptQuoting.IsSafe(value) ? $"'{value}'"
        : HasEscape(value) ? WithoutEscapes(value)
        : ScriptQuoting.Posix(value);

    /// <inheritdoc/>
    /// <remarks>A shell removes line breaks at the end of what a command prints.</remarks>
    internal override bool CanQuote(string value) => base.CanQuote(value) && !value.EndsWith('\n');

    /// <inheritdoc/>
    private protected override string Program(ProgramStep step) => Words([.. AsRoot(step), .. step.Arguments]);

    /// <inheritdoc/>
    private protected override string Remove(RemovePathStep step) =>
        Words([.. AsRoot(step), "rm", step.AreFolders ? "-rf" : "-f", "--", .. step.Paths]);

    /// <inheritdoc/>
    private protected override IReadOnlyList<string> AsRoot(RemedyStep step) => step.NeedsRoot ? ["sudo"] : [];

    /// <inheritdoc/>
    private protected override string? Unset(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_')
            ? "unset " + name : null;

    // Between the inner quotes, what a shell or printf reads has its number too.
    private static string Printed(string value)
    {
        var text = new StringBuilder("\"$(printf '");
        foreach (Rune rune in value.EnumerateRunes())
        {
            string letter = rune.ToString();
            if (DisplayText.IsPlain(letter) && letter is not ("'" or "\"" or "\\" or "%" or "!" or "`" or "$" or "-"))
            {
                text.Append(letter);
                continue;
            }
            foreach (byte one in Encoding.UTF8.GetBytes(letter))
            {
                text.Append('\\').Append(Convert.ToString(one, 8).PadLeft(3, '0'));
            }
        }
        return text.Append("')\"").ToString();
    }

    private static bool HasEscape(string value) => value.EndsWith('\\') || value.Contains(@"\\", StringComparison.Ordinal)
        || value.Contains(@"\'", StringComparison.Ordinal);

    private static string WithoutEscapes(string value) => "'" + value.Replace("'", "'\"'\"'", StringComparison.Ordinal)
        .Replace("\\", "'\"\\\\\"'", StringComparison.Ordinal) + "'";
}
