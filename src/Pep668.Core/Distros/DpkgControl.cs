using System.Buffers;

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
        int at = 0;
        while (at < text.Length)
        {
            int end = text.IndexOf('\n', at);
            end = end < 0 ? text.Length : end;
            ReadOnlySpan<char> line = text.AsSpan(at, end - at);
            at = end + 1;
            if (line.TrimEnd().IsEmpty)
            {
                if (one._fields.Count > 0)
                {
                    yield return one;
                    one = new();
                }
                last = null;
            }
            else if (line[0] is ' ' or '\t')
            {
                if (last is not null)
                {
                    one._fields[last] += "\n" + line.Trim().ToString();
                }
            }
            else
            {
                int colon = line.IndexOf(':');
                last = colon > 0 && line[..colon].ToString() is string name && wanted.Contains(name) ? name : null;
                if (last is not null)
                {
                    one._fields[last] = line[(colon + 1)..].Trim().ToString();
                }
            }
        }
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
}
