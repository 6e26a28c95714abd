namespace Pep668.Pip.Linting;

/// <summary>A part of a file without what its format adds, quotes and escapes for example; each letter with its place
/// in the file.</summary>
internal sealed class LintText
{
    private readonly int[]? _places;
    private readonly int _start;

    private LintText(string text, int start, int[]? places) => (Text, _start, _places) = (text, start, places);

    /// <summary>A whole file.</summary>
    internal LintText(string text)
        : this(text, 0, null)
    {
    }

    /// <summary>A text whose letters have places of their own.</summary>
    /// <param name="text">The text.</param>
    /// <param name="places">The place of each letter, and of the end.</param>
    internal LintText(string text, int[] places)
        : this(text, 0, places)
    {
    }

    /// <summary>The text.</summary>
    internal string Text { get; }

    /// <summary>How long it is.</summary>
    internal int Length => Text.Length;

    /// <summary>A letter.</summary>
    internal char this[int at] => Text[at];

    /// <summary>Where in the file a letter is.</summary>
    internal int PlaceOf(int at) => _places is null ? _start + at : _places[Math.Min(at, _places.Length - 1)];

    /// <summary>A part.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Where it ends.</param>
    internal LintText Slice(int start, int end) => _places is null
        ? new(Text[start..end], _start + start, null)
        : new(Text[start..end], 0, _places[start..(end + 1)]);

    /// <summary>The parts between blanks.</summary>
    internal IEnumerable<LintText> Words()
    {
        for (int at = 0; at < Length;)
        {
            int end = at;
            while (end < Length && !char.IsWhiteSpace(Text[end]))
            {
                end++;
            }
            if (end > at)
            {
                yield return Slice(at, end);
            }
            at = end + 1;
        }
    }

    /// <summary>Reads the sign of a redirection of output, and the blanks after it.</summary>
    /// <param name="at">Where it begins; then where its target begins.</param>
    /// <returns>One or more <c>&gt;</c>.</returns>
    internal string ReadRedirection(ref int at)
    {
        int start = at;
        while (at < Length && Text[at] is '>')
        {
            at++;
        }
        string sign = Text[start..at];
        while (at < Length && Text[at] is ' ' or '\t')
        {
            at++;
        }
        return sign;
    }

    /// <summary>The text.</summary>
    public override string ToString() => Text;
}

/// <summary>Builds a <see cref="LintText"/> from parts of others.</summary>
internal sealed class LintTextBuilder
{
    private readonly System.Text.StringBuilder _text = new();
    private readonly List<int> _places = [];

    /// <summary>How long it is.</summary>
    internal int Length => _text.Length;

    /// <summary>Its last letter; NUL while it is empty.</summary>
    internal char Last => _text.Length == 0 ? '\0' : _text[^1];

    /// <summary>Adds a letter of another text.</summary>
    internal LintTextBuilder Append(LintText from, int at) => Append(from[at], from.PlaceOf(at));

    /// <summary>Adds a part of another text.</summary>
    internal LintTextBuilder Append(LintText from, int start, int end)
    {
        for (int at = start; at < end; at++)
        {
            Append(from, at);
        }
        return this;
    }

    /// <summary>Adds a letter.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="place">Where in the file it is.</param>
    internal LintTextBuilder Append(char letter, int place)
    {
        _text.Append(letter);
        _places.Add(place);
        return this;
    }

    /// <summary>Removes letters at the end.</summary>
    internal void Trim(Func<char, bool> matches)
    {
        while (_text.Length > 0 && matches(_text[^1]))
        {
            _text.Length--;
            _places.RemoveAt(_places.Count - 1);
        }
    }

    /// <summary>The text until now.</summary>
    internal string Text => _text.ToString();

    /// <summary>The text.</summary>
    /// <param name="end">The place of its end.</param>
    internal LintText Build(int end) => new(_text.ToString(), [.. _places, _places.Count == 0 ? end : _places[^1] + 1]);
}
