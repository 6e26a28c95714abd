using System.Text;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Machines.Staging;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Seeding;

namespace Pep668.Venvs.Repair;

/// <summary>Commands whose first line names an interpreter that is gone, or that of the place where the environment
/// stood before.</summary>
internal static class StaleCommands
{
    private const int MaximumSize = 1 << 20;

    /// <summary>The commands with a first line that names the environment's own interpreter.</summary>
    /// <param name="files">Where to read.</param>
    /// <param name="scripts">The folder of commands.</param>
    /// <param name="plan">The environment as it should be.</param>
    /// <param name="place">Where the environment was made; null when that is not known.</param>
    internal static IEnumerable<TreeEntry> In(FileTree files, string scripts, VenvContents plan, string? place)
    {
        foreach (string name in files.List(scripts).Where(item => item.Kind is FileKind.File or FileKind.Other).Select(item => item.Name)
            .Order(StringComparer.Ordinal))
        {
            string path = Path.Combine(scripts, name);
            if (files.LinkStat(path) is { Kind: FileKind.File, Size: < MaximumSize } entry
                && files.Read(path).Bytes is [(byte)'#', (byte)'!', ..] and byte[] content
                && Interpreter(content) is (string interpreter, int length)
                && InterpreterName.Parse(Path.GetFileName(interpreter)) is not null
                && !string.Equals(Path.GetDirectoryName(interpreter), scripts, StringComparison.Ordinal)
                && (!files.IsFile(interpreter)
                    || (place is not null && interpreter.StartsWith(place + Path.DirectorySeparatorChar, StringComparison.Ordinal))))
            {
                yield return new(
                    Path.Combine(plan.Scripts, name), TreeEntryKind.File,
                    (byte[])[.. Encoding.UTF8.GetBytes(CommandScript.Shebang(plan.Executable)), .. content.AsSpan(length)],
                    Mode: entry.Mode);
            }
        }
    }

    // The interpreter of the first line, or of the line that hands over to it through /bin/sh; and where the script
    // itself begins.
    private static (string Path, int Length)? Interpreter(byte[] content)
    {
        int end = Array.IndexOf(content, (byte)'\n');
        if (end < 0)
        {
            return null;
        }
        string line = Encoding.UTF8.GetString(content, 2, end - 2).Trim();
        if (line is not "/bin/sh")
        {
            return (line, end + 1);
        }
        const string handOver = "'''exec' ", close = " \"$0\" \"$@\"\n' '''\n";
        string rest = Encoding.UTF8.GetString(content, end + 1, Math.Min(content.Length - end - 1, 8192));
        int stop = rest.IndexOf(close, StringComparison.Ordinal);
        if (!rest.StartsWith(handOver, StringComparison.Ordinal) || stop < 0)
        {
            return null;
        }
        string word = rest[handOver.Length..stop].Replace("\"'", "", StringComparison.Ordinal).Replace("'\"", "", StringComparison.Ordinal)
            .Trim('"', '\'');
        return (word, end + 1 + Encoding.UTF8.GetByteCount(rest.AsSpan(0, stop + close.Length)));
    }
}
