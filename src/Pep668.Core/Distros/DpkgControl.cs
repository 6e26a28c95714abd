using System.Buffers;
using System.Text;

namespace Pep668.Distros;

/// <summary>One paragraph of dpkg's <c>status</c> (deb-control(5), "Syntax of control files").</summary>
internal sealed class DpkgControl
{
    private static readonly SearchValues<char> EndsOfName = SearchValues.Create(" \t\n(:[<");

    private readonly Dictionary<string, string> _fields = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>A field's value, continuation lines included; null if it is missing.</summary>
    internal string? this[string name] => _fields.GetValueOrDefault(name);

    /// <summary>The paragraphs of a file. Only the named fields are kept.</summary>
    internal static IEnumerable<DpkgControl> Parse(string text, IReadOnlySet<string> wanted)
    {
        var one = new DpkgControl();
        string? last = null;
        // Where the value of the last field starts and ends; it is a part of the text also if it has many lines.
        int at = 0, start = 0, stop = 0;
        while (at < text.Length)
        {
            int end = text.IndexOf('\n', at), here = at;
            end = end < 0 ? text.Length : end;
            at = end + 1;
            ReadOnlySpan<char> line = text.AsSpan(here, end - here);
            if (line is [' ' or '\t', ..] && !line.TrimEnd().IsEmpty)
            {
                stop = end;
                continue;
            }
            one.Keep(last, text.AsSpan(start..stop));
            int colon = line.IndexOf(':');
            last = colon > 0 && line[..colon].ToString() is string name && wanted.Contains(name) ? name : null;
            (start, stop) = last is null ? (0, 0) : (here + colon + 1, end);
            if (line.TrimEnd().IsEmpty && one._fields.Count > 0)
            {
                yield return one;
                one = new();
            }
        }
        one.Keep(last, text.AsSpan(start..stop));
        if (one._fields.Count > 0)
        {
            yield return one;
        }
    }

    /// <summary>The names in a relation field (deb-control(5), "Depends"): alternatives too, without versions,
    /// architectures and build profiles.</summary>
    internal static IEnumerable<string> Relations(string? field)
    {
        foreach (string part in (field ?? "").Split([',', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            int end = part.AsSpan().IndexOfAny(EndsOfName);
            string name = end < 0 ? part : part[..end];
            if (name.Length > 0)
            {
                yield return name;
            }
        }
    }

    private void Keep(string? name, ReadOnlySpan<char> value)
    {
        if (name is null)
        {
            return;
        }
        if (!value.Contains('\n'))
        {
            _fields[name] = value.Trim().ToString();
            return;
        }
        var lines = new StringBuilder(value.Length);
        foreach (ReadOnlySpan<char> line in value.EnumerateLines())
        {
            lines.Append(lines.Length == 0 ? "" : "\n").Append(line.Trim());
        }
        _fields[name] = lines.ToString();
    }
}
