using System.Text;
using Pep668.Machines;
using Pep668.Requirements;

namespace Pep668.Distros;

/// <summary>Which package of Debian provides a distribution: the map that Debian's own packages are built with
/// (dh_python3(1), "dependencies"; py3dist-overrides).</summary>
/// <param name="files">The machine, which may have such a map.</param>
internal sealed class DebianNames(FileTree files)
{
    // dhpython/__init__.py, PYDIST_DIRS; pydist.py, load(): packages describe themselves, the fallback comes last.
    private const string Folder = "/usr/share/python3/dist", Fallback = "/usr/share/dh-python/dist/cpython3_fallback";
    private const int Most = 4 << 20;

    private static readonly Lazy<byte[]> Table = new(ReadTable);

    private readonly Lazy<Dictionary<string, string>> _map = new(() => ReadMap(files));

    /// <summary>The package in the map of this machine; null if it has no map, or the map no such
    /// distribution.</summary>
    /// <param name="name">The distribution's normalized name.</param>
    internal string? FindInMap(string name) => _map.Value.GetValueOrDefault(name);

    /// <summary>The package in the table of this product, which is the map of one release of Debian; null if it has no
    /// such distribution.</summary>
    /// <param name="name">The distribution's normalized name.</param>
    internal static string? FindInTable(string name)
    {
        ReadOnlySpan<byte> table = Table.Value;
        byte[] wanted = Encoding.UTF8.GetBytes("\n" + name);
        for (int at; (at = table.IndexOf(wanted)) >= 0; table = table[(at + 1)..])
        {
            ReadOnlySpan<byte> rest = table[(at + wanted.Length)..];
            if (rest[0] == (byte)'\n')
            {
                return "python3-" + name;
            }
            if (rest[0] == (byte)' ')
            {
                return Encoding.UTF8.GetString(rest[1..rest.IndexOf((byte)'\n')]);
            }
        }
        return null;
    }

    private static Dictionary<string, string> ReadMap(FileTree files)
    {
        var map = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string path in files.List(Folder).Select(item => item.Name).Order(StringComparer.Ordinal)
            .Select(item => $"{Folder}/{item}").Append(Fallback))
        {
            foreach (ReadOnlySpan<char> line in (files.ReadText(path, Most) ?? "").AsSpan().EnumerateLines())
            {
                Add(map, line);
            }
        }
        return map;
    }

    // A line is a name, perhaps a range of versions of Python, the package, and perhaps ';' with rules for versions.
    // More than one package, or one with a condition, is no single answer.
    private static void Add(Dictionary<string, string> map, ReadOnlySpan<char> line)
    {
        int semicolon = line.IndexOf(';');
        string[] parts = (semicolon < 0 ? line : line[..semicolon]).ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (parts is [[not '#', ..] name, [>= 'a' and <= 'z', ..] package])
        {
            map.TryAdd(NormalizedName.Normalize(name), package);
        }
    }

    private static byte[] ReadTable()
    {
        using Stream stream = typeof(DebianNames).Assembly.GetManifestResourceStream("Pep668.Distros.DebianNames.txt")!;
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
