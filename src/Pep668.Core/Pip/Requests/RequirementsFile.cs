using System.Text;
using Pep668.Machines;
using Pep668.Text;

namespace Pep668.Pip.Requests;

/// <summary>A line of a requirements file, as it can stand in another one: paths in its options are absolute, and its
/// variables have their values.</summary>
/// <param name="Text">The line. It may have credentials in it.</param>
/// <param name="Target">What it asks for; null for options.</param>
internal sealed record RequirementLine(string Text, PipTarget? Target)
{
    /// <summary>Whether it asks for a project in place (<c>-e</c>).</summary>
    public bool IsEditable { get; init; }

    /// <summary>The file or URL, if it names another requirements file that cannot be read here.</summary>
    public string? File { get; init; }
}

/// <summary>
/// The names that requirement files ask for, read as <c>pip/_internal/req/req_file.py</c> does: the encoding by a byte
/// order mark, lines that go on, comments, <c>${NAME}</c>, quotes, <c>-e</c>, and the files that <c>-r</c> names, also
/// as a <c>file:</c> URL. What is not UTF-8 or UTF-16, and what is behind another URL, is pip's own.
/// </summary>
internal sealed class RequirementsFile(Machine machine)
{
    // pip itself ends with a RecursionError at some hundred files.
    private const int MaximumDepth = 200;

    // Where Python's splitlines ends a line, besides what .NET knows.
    private static readonly char[] LineEnds = ['\n', '\v', '\x1c', '\x1d', '\x1e'];

    private readonly HashSet<string> _read = new(StringComparer.Ordinal);
    private readonly List<PipTarget> _targets = [];
    private readonly List<RequirementLine> _lines = [];
    private int _depth;

    internal static IReadOnlyList<PipTarget> Read(Machine machine, IEnumerable<string> files)
    {
        var lines = new RequirementsFile(machine);
        foreach (string file in files)
        {
            string path = PipUrl.IsUrl(file) ? file : machine.FromHere(file);
            if (IsLockFile(path))
            {
                lines.TakeLocked(PipUrl.FilePath(path) ?? path);
            }
            else
            {
                lines.Follow(path, machine.CurrentDirectory);
            }
        }
        return lines._targets;
    }

    /// <summary>The lines of a file and of those that it names, without comments; null for a lock file, and for a file
    /// that cannot be read here.</summary>
    internal static IReadOnlyList<RequirementLine>? Lines(Machine machine, string file)
    {
        var lines = new RequirementsFile(machine);
        return !IsLockFile(file) && lines.Follow(PipUrl.IsUrl(file) ? file : machine.FromHere(file), machine.CurrentDirectory)
            ? lines._lines : null;
    }

    /// <summary>Whether a file is read as <c>pylock.toml</c>, by its name ("pylock.toml Specification", "File
    /// Name").</summary>
    internal static bool IsLockFile(string path) => Path.GetFileName(path).Split('.') is ["pylock", "toml"] or ["pylock", _, "toml"];

    // A package whose marker asks for extras or dependency groups of the lock file is not asked for.
    private void TakeLocked(string path)
    {
        TomlTable? file = TomlReader.Read(machine.Files.Read(path).Bytes);
        foreach (TomlTable package in file?.Find<List<TomlTable>>("packages") ?? [])
        {
            string? marker = package.Find<string>("marker");
            string target = package.Find<string>("name") + (marker is null ? "" : "; " + marker);
            Add(PipTarget.TryParse(target, machine, out PipTarget? found, out _) ? found : null);
        }
    }

    // A path, relative to a folder, or a URL. False if it cannot be read here.
    private bool Follow(string file, string folder)
    {
        string? path = PipUrl.FilePath(file) ?? (PipUrl.IsUrl(file) ? null : PathText.Absolute(file, folder));
        if (path is null || _depth == MaximumDepth)
        {
            return false;
        }
        if (!_read.Add(path))
        {
            return true;
        }
        if (machine.Files.Read(path).Bytes is not byte[] bytes)
        {
            return false;
        }
        _depth++;
        foreach (string line in Joined(Decoded(bytes).ReplaceLineEndings("\n").Split(LineEnds)))
        {
            Take(Expanded(WithoutComment(line).Trim()), Path.GetDirectoryName(path)!);
        }
        _depth--;
        return true;
    }

    private static string Decoded(byte[] bytes) => bytes switch
    {
        [0xff, 0xfe, ..] => Encoding.Unicode.GetString(bytes.AsSpan(2)),
        [0xfe, 0xff, ..] => Encoding.BigEndianUnicode.GetString(bytes.AsSpan(2)),
        [0xef, 0xbb, 0xbf, ..] => Encoding.UTF8.GetString(bytes.AsSpan(3)),
        _ => Encoding.UTF8.GetString(bytes),
    };

    // A comment ends a line that goes on, and does not go on itself.
    private static IEnumerable<string> Joined(string[] lines)
    {
        var joined = new StringBuilder();
        foreach (string line in lines)
        {
            bool isComment = line.TrimStart().StartsWith('#');
            if (line.EndsWith('\\') && !isComment)
            {
                joined.Append(line.Trim('\\'));
                continue;
            }
            yield return joined.Append(isComment ? " " : "").Append(line).ToString();
            joined.Clear();
        }
        yield return joined.ToString();
    }

    private void Take(string line, string folder)
    {
        string[] tokens = line.Split(' ');
        int options = Array.FindIndex(tokens, token => token.StartsWith('-'));
        string target = string.Join(' ', options < 0 ? tokens : tokens[..options]);
        if (target.Length > 0)
        {
            _lines.Add(new(line, Add(PipTarget.TryParse(target, machine, out PipTarget? found, out _) ? found : null)));
        }
        else if (options >= 0)
        {
            TakeOptions(line, ShellWords.Split(line), folder);
        }
    }

    private void TakeOptions(string line, IReadOnlyList<string> words, string folder)
    {
        if (Value(words, "-e", "--editable") is string editable)
        {
            PipTarget? target = Add(PipTarget.TryParseEditable(editable, machine, out PipTarget? found, out _) ? found : null);
            _lines.Add(new(line, target) { IsEditable = true });
        }
        else if (Value(words, "-r", "--requirement") is string file)
        {
            if (!Follow(file, folder))
            {
                string path = PipUrl.IsUrl(file) ? file : PathText.Absolute(file, folder);
                _lines.Add(new("-r " + ShellWords.Quote(path), null) { File = path });
            }
        }
        else if (Value(words, "-c", "--constraint") is string constraint)
        {
            _lines.Add(new("-c " + ShellWords.Quote(PipUrl.IsUrl(constraint) ? constraint : PathText.Absolute(constraint, folder)), null));
        }
        // One beside the file, else as it is written (handle_option_line).
        else if (words.Count <= 2 && Value(words, "-f", "--find-links") is string place && !PipUrl.IsUrl(place)
            && PathText.Absolute(place, folder) is string beside && machine.Files.Stat(beside).Kind != FileKind.Missing)
        {
            _lines.Add(new("-f " + ShellWords.Quote(beside), null));
        }
        else
        {
            _lines.Add(new(line, null));
        }
    }

    private PipTarget? Add(PipTarget? target)
    {
        if (target is not null)
        {
            _targets.Add(target);
        }
        return target;
    }

    // The first value of an option: in the next word, or in the same one.
    private static string? Value(IReadOnlyList<string> words, string brief, string name)
    {
        for (int at = 0; at < words.Count; at++)
        {
            string word = words[at];
            if (string.Equals(word, brief, StringComparison.Ordinal) || string.Equals(word, name, StringComparison.Ordinal))
            {
                return at + 1 < words.Count ? words[at + 1] : null;
            }
            if (word.StartsWith(name + "=", StringComparison.Ordinal))
            {
                return word[(name.Length + 1)..];
            }
            if (word.StartsWith(brief, StringComparison.Ordinal))
            {
                return word[brief.Length..];
            }
        }
        return null;
    }

    // Names are in upper case; a variable that is not set, or empty, stays as it is written. What is in a value is not
    // looked for: a variable may contain its own name.
    private string Expanded(string line)
    {
        string expanded = line;
        for (int at = line.IndexOf("${", StringComparison.Ordinal); at >= 0; at = line.IndexOf("${", at + 1, StringComparison.Ordinal))
        {
            int end = line.IndexOf('}', at);
            if (end > at + 2 && line[(at + 2)..end] is string name
                && name.All(letter => char.IsAsciiLetterUpper(letter) || char.IsAsciiDigit(letter) || letter is '_')
                && machine.Variable(name) is { Length: > 0 } value)
            {
                expanded = expanded.Replace(line[at..(end + 1)], value, StringComparison.Ordinal);
            }
        }
        return expanded;
    }

    private static string WithoutComment(string line)
    {
        for (int at = line.IndexOf('#', StringComparison.Ordinal); at >= 0; at = line.IndexOf('#', at + 1))
        {
            if (at == 0 || char.IsWhiteSpace(line[at - 1]))
            {
                return line[..at];
            }
        }
        return line;
    }
}
