using System.Text;
using Microsoft.Win32.SafeHandles;
using Pep668.Machines;

namespace Pep668.Distros;

/// <summary>apt's index: the files <c>…_Packages</c> in <c>/var/lib/apt/lists</c> (sources.list(5), apt.conf(5)).
/// Images of containers keep them compressed (<c>Acquire::GzipIndexes</c>): apt itself is asked then, on a running
/// system.</summary>
internal sealed class AptIndex : PackageIndex
{
    private const string Folder = "/var/lib/apt/lists", Program = "/usr/bin/apt-cache", End = "_Packages";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly byte[] Field = "\nPackage: "u8.ToArray(), VersionField = "\nVersion: "u8.ToArray();
    private static readonly string[] Compressed = [".lz4", ".gz", ".xz", ".zst", ".bz2"];

    private static readonly Dictionary<string, string> Variables = new(StringComparer.Ordinal)
    {
        ["PATH"] = "/usr/sbin:/usr/bin:/sbin:/bin", ["LC_ALL"] = "C",
    };

    private readonly FileTree _files;
    private readonly string[] _plain;
    private readonly bool _hasCompressed, _canAsk;
    private readonly SortedDictionary<string, Notice> _problems = new(StringComparer.Ordinal);

    /// <summary>Finds the files.</summary>
    internal AptIndex(Machine machine)
    {
        _files = machine.Files;
        string[] names = [.. _files.List(Folder).Select(item => item.Name)];
        _plain = [.. names.Where(name => name.EndsWith(End, StringComparison.Ordinal)).Select(name => $"{Folder}/{name}")];
        _hasCompressed = Array.Exists(names, name =>
            Array.Exists(Compressed, ending => name.EndsWith(End + ending, StringComparison.Ordinal)));
        _canAsk = _files.Root is null && _files.IsExecutable(Program);
    }

    /// <inheritdoc/>
    internal override bool Exists => _plain.Length > 0 || _hasCompressed;

    /// <inheritdoc/>
    internal override bool IsReadable(bool mayAsk) => Exists && (!_hasCompressed || (mayAsk && _canAsk));

    /// <inheritdoc/>
    internal override IReadOnlyList<Notice> Problems => [.. _problems.Values];

    /// <inheritdoc/>
    internal override IReadOnlyDictionary<string, string> Find(IReadOnlyList<string> packages, bool mayAsk)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (_hasCompressed && mayAsk && _canAsk)
        {
            Ask(packages, found);
            return found;
        }
        HashSet<string> wanted = [.. packages];
        foreach (string path in wanted.Count == 0 ? [] : _plain)
        {
            if (_files.Open(path) is not SafeFileHandle file)
            {
                _problems[path] = DistroMessages.InvalidIndex(path, "it cannot be opened");
            }
            else if (MappedFile.Open(file) is MappedFile map)
            {
                if (!Find(map.GetSpan(), wanted, found))
                {
                    _problems[path] = DistroMessages.InvalidIndex(path, "it contains no records of packages");
                }
                GC.KeepAlive(map);
            }
        }
        return found;
    }

    // apt-cache(8), "policy": a package's name with a colon, then indented lines.
    private static void Ask(IReadOnlyList<string> packages, Dictionary<string, string> found)
    {
        using var deadline = new CancellationTokenSource(Limit);
        string? package = null;
        try
        {
            _ = StreamingProcess.Run(Program, ["policy", "--", .. packages], "/", Variables, _ => { }, (line, isError) =>
            {
                const string Candidate = "  Candidate: ";
                if (isError)
                {
                    return;
                }
                if (line is [not ' ', .., ':'])
                {
                    package = line[..^1];
                }
                else if (package is not null && line.StartsWith(Candidate, StringComparison.Ordinal)
                    && line[Candidate.Length..] is not "(none)")
                {
                    found[package] = line[Candidate.Length..];
                }
            }, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            // What is not confirmed is not recommended.
        }
    }

    // The records have no order that one could rely on: that of the archive is by source packages. Returns whether
    // there are any; an index without packages has no bytes.
    private static bool Find(ReadOnlySpan<byte> text, HashSet<string> packages, Dictionary<string, string> found)
    {
        int longest = packages.Max(name => name.Length);
        int first = text.StartsWith(Field.AsSpan(1)) ? 0 : Next(text, 0);
        for (int at = first; at >= 0; at = Next(text, at))
        {
            ReadOnlySpan<byte> record = text[(at + Field.Length - 1)..];
            int end = record.IndexOf((byte)'\n');
            if (end < 0 || end > longest || !packages.TryGetValue(Encoding.ASCII.GetString(record[..end]), out string? package)
                || Version(record[end..]) is not string version)
            {
                continue;
            }
            // The index of updates has a newer version than that of the release.
            if (!found.TryGetValue(package, out string? other) || DebianVersion.Compare(version, other) > 0)
            {
                found[package] = version;
            }
        }
        return first >= 0 || text.IsEmpty;
    }

    // Where the next record starts.
    private static int Next(ReadOnlySpan<byte> text, int from) => text[from..].IndexOf(Field) is >= 0 and int at ? from + at + 1 : -1;

    private static string? Version(ReadOnlySpan<byte> record)
    {
        int end = record.IndexOf("\n\n"u8);
        record = end < 0 ? record : record[..end];
        int at = record.IndexOf(VersionField);
        if (at < 0)
        {
            return null;
        }
        record = record[(at + VersionField.Length)..];
        int line = record.IndexOf((byte)'\n');
        return Encoding.ASCII.GetString(line < 0 ? record : record[..line]).Trim();
    }
}
