using System.Buffers;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Pep668.Machines;

namespace Pep668.Packages;

/// <summary>
/// The file list of a distribution, <c>RECORD</c> ("Recording installed projects"): CSV in the default dialect of
/// Python's <c>csv</c>, read as pip and <c>importlib.metadata</c> read it, <c>csv.reader(text.splitlines())</c>. A line
/// break inside a quoted field is therefore lost.
/// </summary>
internal sealed class RecordFile
{
    internal const string FileName = "RECORD";
    private const int MaximumBytes = 64 << 20, MaximumField = 131_072; // csv.field_size_limit()
    private const string LineEnd = "\r\n"; // csv.excel.lineterminator

    // str.splitlines
    private static readonly SearchValues<char> LineBreaks = SearchValues.Create("\n\r\v\f\x1C\x1D\x1E\x85\u2028\u2029");
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private RecordFile(IReadOnlyList<string[]> rows, string? problem) => (Rows, Problem) = (rows, problem);

    /// <summary>The fields of each row (path, hash, size), of invalid ones too; up to the first field that is too
    /// long.</summary>
    internal IReadOnlyList<string[]> Rows { get; }

    /// <summary>
    /// Why pip cannot use it; null when it can. pip 23 and 24 stop with an exception where a line is empty, a field is
    /// too long or the text is not UTF-8, and before Python 3.11 at a NUL character; an unclosed quote hides every row
    /// after it.
    /// </summary>
    internal string? Problem { get; }

    /// <summary>Reads the one in a folder of metadata; null when it is missing.</summary>
    internal static RecordFile? Read(FileTree files, string folder)
    {
        string path = Path.Combine(folder, FileName);
        FileContent content = files.Read(path, MaximumBytes);
        return content.Bytes is byte[] bytes ? Parse(bytes)
            : files.Stat(path).Kind == FileKind.Missing ? null
            : new([], content.Problem);
    }

    /// <summary>Reads the content of one.</summary>
    internal static RecordFile Parse(ReadOnlySpan<byte> content)
    {
        try
        {
            return new Reader().Read(Utf8.GetString(content));
        }
        catch (DecoderFallbackException)
        {
            return new([], "it is not UTF-8");
        }
    }

    /// <summary>
    /// The first thing that is wrong with the files of a distribution, as a clause; null when nothing is. Byte-code is
    /// ignored: it may be removed at any time.
    /// </summary>
    /// <param name="folder">The folder of distributions.</param>
    /// <param name="info">The name of its folder of metadata.</param>
    /// <param name="exists">Whether the file of a path exists.</param>
    internal string? FindDefect(string folder, string info, Predicate<string> exists)
    {
        return Problem is not null ? $"{info}/{FileName} is invalid ({Problem})"
            : Rows.Select(row => row[0]).FirstOrDefault(IsMissing) is string missing ? $"{missing} is missing"
            : null;

        bool IsMissing(string path) =>
            path.Length > 0 && !path.EndsWith(".pyc", StringComparison.Ordinal) && !exists(PathText.Absolute(path, folder));
    }

    /// <summary>The row of a file whose content may change.</summary>
    internal static string Line(string path) => Line([path, "", ""]);

    /// <summary>The row of a file: path, hash, size (PEP 376, PEP 427).</summary>
    internal static string Line(string path, byte[] content) => Line(
    [
        path,
        "sha256=" + Convert.ToBase64String(SHA256.HashData(content)).TrimEnd('=').Replace('+', '-').Replace('/', '_'),
        content.Length.ToString(CultureInfo.InvariantCulture),
    ]);

    /// <summary>A row as <c>csv.writer</c> writes it, with three fields as pip does
    /// (<c>get_csv_rows_for_installed</c>).</summary>
    internal static string Line(string[] row) =>
        string.Join(',', Enumerable.Range(0, 3).Select(at => at < row.Length ? Field(row[at]) : ""));

    /// <summary>The content of a file with these rows, in pip's order.</summary>
    internal static byte[] Write(IEnumerable<string> lines)
    {
        string[] sorted = [.. lines];
        // pip sorts rows as tuples (_normalized_outrows): a path comes before a longer one that begins with it.
        string[] keys = [.. sorted.Select(line => line.Contains('"', StringComparison.Ordinal) ? Key(line) : line.Replace(',', '\0'))];
        Array.Sort(keys, sorted, StringComparer.Ordinal);
        return Encoding.UTF8.GetBytes(string.Join(LineEnd, sorted) + LineEnd);

        static string Key(string line) => string.Join('\0', new Reader().Read(line).Rows.SelectMany(row => row));
    }

    private static string Field(string text) =>
        text.AsSpan().ContainsAny(Quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    // The reader of Modules/_csv.c: the default dialect is not strict, has no escape character and keeps initial
    // spaces.
    private sealed class Reader
    {
        private readonly List<string[]> _rows = [];
        private readonly List<string> _fields = [];
        private readonly StringBuilder _field = new();
        private State _state;
        private int _line, _length, _quoteLine;
        private string? _problem;

        private enum State
        {
            StartOfField,
            Field,
            QuotedField,
            QuoteInQuotedField,
        }

        internal RecordFile Read(string text)
        {
            ReadOnlySpan<char> rest = text;
            while (!rest.IsEmpty && _length <= MaximumField)
            {
                int end = rest.IndexOfAny(LineBreaks);
                ReadLine(end < 0 ? rest : rest[..end]);
                int length = end >= 0 && rest[end..].StartsWith(LineEnd, StringComparison.Ordinal) ? LineEnd.Length : 1;
                rest = end < 0 ? [] : rest[(end + length)..];
            }
            if (_length <= MaximumField && _state == State.QuotedField)
            {
                AddProblem(_quoteLine, "has an unclosed quote");
                EndField();
                EndRow();
            }
            return new(_rows, _problem);
        }

        private void ReadLine(ReadOnlySpan<char> line)
        {
            _line++;
            if (line.Contains('\0'))
            {
                AddProblem(_line, "contains a NUL character");
            }
            if (line.IsEmpty && _state == State.StartOfField)
            {
                AddProblem(_line, "is empty");
                EndRow();
                return;
            }
            foreach (char letter in line)
            {
                ReadLetter(letter);
                if (_length > MaximumField)
                {
                    AddProblem(_line, $"has a field of more than {MaximumField.ToString("N0", CultureInfo.InvariantCulture)} characters");
                    return;
                }
            }
            if (_state != State.QuotedField)
            {
                EndField();
                EndRow();
            }
        }

        private void ReadLetter(char letter)
        {
            switch (_state)
            {
                case State.StartOfField when letter == '"':
                    (_state, _quoteLine) = (State.QuotedField, _line);
                    break;
                case State.QuotedField when letter == '"':
                    _state = State.QuoteInQuotedField;
                    break;
                case State.QuoteInQuotedField when letter == '"':
                    Add(letter, State.QuotedField);
                    break;
                case not State.QuotedField when letter == ',':
                    EndField();
                    break;
                default:
                    Add(letter, _state == State.QuotedField ? State.QuotedField : State.Field);
                    break;
            }
        }

        private void Add(char letter, State next)
        {
            _field.Append(letter);
            _length += char.IsLowSurrogate(letter) ? 0 : 1;
            _state = next;
        }

        private void EndField()
        {
            _fields.Add(_field.ToString());
            _field.Clear();
            (_state, _length) = (State.StartOfField, 0);
        }

        private void EndRow()
        {
            _rows.Add([.. _fields]);
            _fields.Clear();
        }

        private void AddProblem(int line, string problem) =>
            _problem ??= string.Create(CultureInfo.InvariantCulture, $"line {line} {problem}");
    }
}
