using System.Globalization;
using System.Text;
using Pep668.Text;

namespace Pep668.Shells;

/// <summary>Writes commands for PowerShell 7.</summary>
internal sealed class PowerShellRenderer : CommandRenderer
{
    private const int WidestCommand = 60;

    // Even between quotes it makes the rest of the line verbatim; in parentheses, it is only an argument of a cmdlet.
    private const string Verbatim = "--%";

    internal static PowerShellRenderer Instance { get; } = new();

    /// <inheritdoc/>
    private protected override bool HasObjects => true;

    /// <inheritdoc/>
    /// <remarks>The reason is a comment beside the command, aligned where the command is short.</remarks>
    internal override IReadOnlyList<string> Lines(IReadOnlyList<Remedy> remedies)
    {
        IReadOnlyList<(string Command, string Reason)> shown = Shown(remedies);
        int column = shown.Select(one => one.Command.Length).Where(length => length <= WidestCommand).DefaultIfEmpty().Max();
        return [.. shown.Select(one => $"{one.Command.PadRight(column)}    # {one.Reason}")];
    }

    /// <inheritdoc/>
    internal override string Quote(string value) => IsPlain(value) ? value : Literal(value);

    /// <summary>A value with its single quotes doubled, for a literal between single quotes. PowerShell accepts four
    /// typographic quotes as a single quote (<c>IsSingleQuote</c> in its tokenizer).</summary>
    internal static string Doubled(string value)
    {
        var text = new StringBuilder(value.Length);
        foreach (char letter in value)
        {
            text.Append(letter);
            if (letter is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B')
            {
                text.Append(letter);
            }
        }
        return text.ToString();
    }

    /// <inheritdoc/>
    private protected override string? Product(ProductStep step, bool isPiped)
    {
        ProductCommandNames names = ProductCommandNames.All[step.Command];
        var words = new List<string> { names.Cmdlet };
        foreach (ProductArgument argument in step.Arguments)
        {
            if (isPiped && argument.Parameter == ProductParameter.Environment)
            {
                continue;
            }
            if (names.Find(argument.Parameter) is not ProductParameterNames name || !argument.Values.All(CanQuote))
            {
                return null;
            }
            if (name.Cmdlet is not null)
            {
                words.Add("-" + name.Cmdlet);
            }
            if (argument.Values.Count > 0)
            {
                words.Add(string.Join(", ", argument.Values.Select(Value)));
            }
        }
        return string.Join(' ', words);
    }

    // A cmdlet would take a word with a dash as a parameter.
    private string Value(string value) =>
        value is Verbatim ? $"({Literal(value)})" : value.StartsWith('-') ? Literal(value) : Quote(value);

    /// <inheritdoc/>
    private protected override string? Program(ProgramStep step)
    {
        if (step.Arguments.Contains(Verbatim, StringComparer.Ordinal))
        {
            return null;
        }
        string command = Words(step.Arguments);
        return step.NeedsRoot ? "sudo " + command : command[0] is '\'' or '"' ? "& " + command : command;
    }

    /// <inheritdoc/>
    /// <remarks>sudo starts programs, not cmdlets.</remarks>
    private protected override string? Remove(RemovePathStep step) => step.NeedsRoot
        ? Program(new(["rm", step.AreFolders ? "-rf" : "-f", "--", .. step.Paths]) { NeedsRoot = true })
        : $"Remove-Item {(step.AreFolders ? "-Recurse -Force " : "")}-LiteralPath {string.Join(", ", step.Paths.Select(Quote))}";

    /// <inheritdoc/>
    private protected override string Unset(string name) =>
        (name.AsSpan().IndexOfAny("*?[`") < 0 ? "Remove-Item " : "Remove-Item -LiteralPath ") + Quote("Env:" + name);

    private static string Literal(string value) => DisplayText.IsPlain(value) ? $"'{Doubled(value)}'" : Expandable(value);

    // Between double quotes, `u{…} is a character by its number. PowerShell accepts three typographic double quotes.
    private static string Expandable(string value)
    {
        var text = new StringBuilder("\"");
        foreach (char letter in value)
        {
            if (DisplayText.IsUnsafe(letter))
            {
                text.Append(CultureInfo.InvariantCulture, $"`u{{{(int)letter:x}}}");
            }
            else
            {
                text.Append(letter is '`' or '$' or '"' or '\u201C' or '\u201D' or '\u201E' ? "`" : "").Append(letter);
            }
        }
        return text.Append('"').ToString();
    }

    // A number loses its zeros (3.10), a word with a dash is a parameter, and '-a.b' two arguments.
    private static bool IsPlain(string value) =>
        value.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_' or '-' or '/' or ':' or '+')
        && value switch
        {
            ['-', '-', >= 'a' and <= 'z', ..] or ['-', (>= 'a' and <= 'z') or (>= 'A' and <= 'Z')] =>
                value.AsSpan().IndexOfAny('.', ':', '/') < 0,
            ['.' or '/'] or ['.', '.'] or ['.', '/', ..] or ['.', '.', '/', ..] => true,
            ['.', var next, ..] => char.IsAsciiLetter(next),
            ['/', ..] => true,
            [var first, ..] => char.IsAsciiLetter(first),
            _ => false,
        };
}
