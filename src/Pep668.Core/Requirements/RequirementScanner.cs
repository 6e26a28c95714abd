using Pep668.Text;

namespace Pep668.Requirements;

/// <summary>
/// The words of PEP 508's grammar, taken one after another from a part of a text (<c>packaging/_tokenizer.py</c>). The
/// first problem is kept.
/// </summary>
internal sealed class RequirementScanner(string text, int start, int end)
{
    internal string Text => text;

    internal int Position { get; set; } = start;

    internal bool IsAtEnd => Position >= end;

    internal RequirementProblem? Problem { get; private set; }

    /// <summary>What has not been taken.</summary>
    internal ReadOnlySpan<char> Rest => text.AsSpan(Position, end - Position);

    /// <summary>The next character; NUL at the end, which no text can have inside.</summary>
    internal char Next => IsAtEnd ? '\0' : text[Position];

    /// <summary>Keeps a problem, unless there was one before; always false.</summary>
    internal bool Fail(string message, int? position = null)
    {
        Problem ??= new RequirementProblem(message, text, position ?? Position);
        return false;
    }

    /// <summary>Takes blanks and tabs, PEP 508's only white space; whether there were any.</summary>
    internal bool TakeSpace()
    {
        int before = Position;
        while (Next is ' ' or '\t')
        {
            Position++;
        }
        return Position > before;
    }

    /// <summary>Takes a character if it is the next one.</summary>
    internal bool Take(char sign)
    {
        bool isNext = !IsAtEnd && Next == sign;
        Position += isNext ? 1 : 0;
        return isNext;
    }

    /// <summary>Takes a text if it is the next one; with <paramref name="isWord"/> only if no letter, number or
    /// <c>_</c> follows.</summary>
    internal bool Take(string sign, bool isWord = false)
    {
        bool isNext = Rest.StartsWith(sign, StringComparison.Ordinal) && !(isWord && RequirementText.IsWordAt(Rest, sign.Length));
        Position += isNext ? sign.Length : 0;
        return isNext;
    }

    /// <summary>Takes the name of a distribution or an extra (PEP 508, "Names"); null if it is missing.</summary>
    internal string? TakeName()
    {
        ReadOnlySpan<char> rest = Rest;
        int length = 0;
        while (length < rest.Length && (char.IsAsciiLetterOrDigit(rest[length]) || rest[length] is '.' or '_' or '-'))
        {
            length++;
        }
        if (length == 0 || !char.IsAsciiLetterOrDigit(rest[0]))
        {
            return null;
        }
        // \b of Python, which packaging asks for at the end: _ counts as a letter there.
        while (length > 0 && (rest[length - 1] is '.' or '-') != RequirementText.IsWordAt(rest, length))
        {
            length--;
        }
        if (length == 0)
        {
            return null;
        }
        Position += length;
        return rest[..length].ToString();
    }

    /// <summary>Takes all up to white space or one of some characters.</summary>
    internal ReadOnlySpan<char> TakeUntil(ReadOnlySpan<char> signs)
    {
        ReadOnlySpan<char> rest = Rest;
        int length = 0;
        while (length < rest.Length && !PythonText.IsSpace(rest[length]) && !signs.Contains(rest[length]))
        {
            length++;
        }
        Position += length;
        return rest[..length];
    }
}
