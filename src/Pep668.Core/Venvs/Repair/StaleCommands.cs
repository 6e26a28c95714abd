using System.Text;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Machines.Staging;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Seeding;

namespace Pep668.Venvs.Repair;

/// <summary>Commands whose first line contains an interpreter that does not exist, or one in the previous folder of the
/// environment.</summary>
internal static class StaleCommands
{
    private const int MaximumSize = 1 << 20;

    /// <summary>The commands with a first line that contains the environment's own interpreter.</summary>
    /// <param name="files">Where to read.</param>
    /// <param name="scripts">The folder of commands.</param>
    /// <param name="plan">The environment as it should be.</param>
    /// <param name="place">The folder where the environment was created; null if that is unknown.</param>
    internal static IEnumerable<TreeEntry> In(FileTree files, string scripts, VenvContents plan, string? place)
    {
        foreach (string name in files.List(scripts).Where(item => item.Kind is FileKind.File or FileKind.Other).Select(item => item.Name)
            .Order(StringComparer.Ordinal))
        {
            string path = Path.Combine(scripts, name);
            if (files.LinkStat(path) is { Kind: FileKind.File, Size: < MaximumSize } entry
                && files.Read(path).Bytes is byte[] content
                && Changed(content, plan.Executable, interpreter => IsStale(files, interpreter, scripts, place)) is byte[] changed)
            {
                yield return new(Path.Combine(plan.Scripts, name), TreeEntryKind.File, changed, Mode: entry.Mode);
            }
        }
    }

    private static bool IsStale(FileTree files, string interpreter, string scripts, string? place) =>
        InterpreterName.Parse(Path.GetFileName(interpreter)) is not null
        && !string.Equals(Path.GetDirectoryName(interpreter), scripts, HostPlatform.PathComparison)
        && (!files.IsFile(interpreter)
            || (place is not null && interpreter.StartsWith(place + Path.SeparatorOf(place), HostPlatform.PathComparison)));

    // The command with another interpreter; null if its own is not stale.
    private static byte[]? Changed(byte[] content, string executable, Predicate<string> isStale) =>
        content is [(byte)'#', (byte)'!', ..]
            ? Interpreter(content) is (string named, int length) && isStale(named)
                ? [.. Encoding.UTF8.GetBytes(CommandLauncher.Shebang(executable)), .. content.AsSpan(length)]
                : null
            : LauncherInterpreter.Read(content) is (string started, Range where) && isStale(started)
                ? LauncherInterpreter.With(content, where, executable)
                : null;

    // The interpreter of the first line, or of the line that starts it through /bin/sh; and where the script itself
    // begins.
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
