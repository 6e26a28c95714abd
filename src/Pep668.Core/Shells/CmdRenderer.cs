using System.Buffers;
using System.Text;
using Pep668.Text;

namespace Pep668.Shells;

/// <summary>Writes commands for Windows' cmd.exe.</summary>
internal sealed class CmdRenderer : CompanionRenderer
{
    private static readonly SearchValues<char> Plain =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@+:./\\_-");

    internal static CmdRenderer Instance { get; } = new();

    /// <inheritdoc/>
    /// <remarks>The program reads its arguments by the rules of Microsoft's C runtime. Before that, cmd replaces
    /// variables and reads its own signs, except between quotes; a caret takes the meaning from one sign.</remarks>
    internal override string Quote(string value)
    {
        if (value.Length > 0 && !value.AsSpan().ContainsAnyExcept(Plain))
        {
            return value;
        }
        string argument = Argument(value);
        return value.AsSpan().IndexOfAny('"', '%', '!') < 0 ? argument : Carets(argument);
    }

    /// <inheritdoc/>
    /// <remarks>cmd has no other way to write what a terminal obeys.</remarks>
    internal override bool CanQuote(string value) => DisplayText.IsPlain(value);

    /// <inheritdoc/>
    private protected override string Program(ProgramStep step) => Words(step.Arguments);

    /// <inheritdoc/>
    private protected override string Remove(RemovePathStep step) => $"{(step.AreFolders ? "rmdir /s /q" : "del /q")} {Words(step.Paths)}";

    /// <inheritdoc/>
    private protected override string? Unset(string name) => Quote(name + "=") is ['"', ..] quoted ? "set " + quoted : null;

    // CommandLineToArgvW: backslashes count only before a quote.
    private static string Argument(string value)
    {
        var text = new StringBuilder("\"");
        int backslashes = 0;
        foreach (char letter in value)
        {
            if (letter == '"')
            {
                text.Append('\\', backslashes + 1);
            }
            backslashes = letter == '\\' ? backslashes + 1 : 0;
            text.Append(letter);
        }
        return text.Append('\\', backslashes).Append('"').ToString();
    }

    // At the prompt, a variable that does not exist is left as it is: with a caret after the percent sign, no name, nor
    // the start of %NAME:a=b%, is that of a variable.
    private static string Carets(string argument)
    {
        var text = new StringBuilder();
        char before = '\0';
        foreach (char letter in argument)
        {
            if (before == '%' || letter is '"' or '%' or '!' or '^' or '&' or '|' or '<' or '>' or '(' or ')')
            {
                text.Append('^');
            }
            text.Append(before = letter);
        }
        return text.ToString();
    }
}
