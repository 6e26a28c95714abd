using System.Diagnostics;
using System.Globalization;

namespace Pep668.Machines;

/// <summary>
/// A temporary folder that names the process that made it: a later process deletes it if that one was killed, since
/// there can be credentials in it.
/// </summary>
internal static class RunFolder
{
    private const string Start = "pep668-run-";
    private const string ChildFile = "process";

    /// <summary>Creates one, after those of processes that were killed are deleted.</summary>
    /// <exception cref="IOException">The temporary folder cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The temporary folder may not be written.</exception>
    internal static TemporaryFolder Create()
    {
        DeleteAbandoned();
        using var self = Process.GetCurrentProcess();
        return TemporaryFolder.Create(NameStart(RunningProcess.Read(self)));
    }

    /// <summary>How the name of a process's folder starts.</summary>
    internal static string NameStart(RunningProcess process) =>
        FormattableString.Invariant($"{Start}{Namespace()}-{process.Id}-{process.Started}-");

    /// <summary>Notes a process that uses the folder and may outlive this one.</summary>
    internal static void Note(TemporaryFolder folder, RunningProcess child) =>
        File.WriteAllText(folder.At(ChildFile), FormattableString.Invariant($"{child.Id}-{child.Started}"));

    private static void DeleteAbandoned()
    {
        try
        {
            foreach (string path in Directory.EnumerateDirectories(Path.GetTempPath(), Start + "*"))
            {
                if (IsAbandoned(path) && IsOwn(path))
                {
                    Directory.Delete(path, recursive: true);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next command tries again.
        }
    }

    private static bool IsAbandoned(string path)
    {
        string[] parts = Path.GetFileName(path)[Start.Length..].Split('-', 4);
        return parts.Length == 4 && string.Equals(parts[0], Namespace(), StringComparison.Ordinal)
            && Read(parts[1], parts[2]) is RunningProcess maker && !maker.Exists()
            && !(Child(path) is RunningProcess child && child.Exists());
    }

    private static RunningProcess? Child(string path)
    {
        string file = Path.Combine(path, ChildFile);
        return File.Exists(file) && File.ReadAllText(file).Split('-') is [string id, string started] ? Read(id, started) : null;
    }

    private static RunningProcess? Read(string id, string started) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && long.TryParse(started, NumberStyles.None, CultureInfo.InvariantCulture, out long ticks) ? new(number, ticks) : null;

    // Nobody else can put anything into a folder that belongs to this user and is not a link.
    private static bool IsOwn(string path) =>
        FileTree.Host.LinkStat(path) is { Kind: FileKind.Directory } entry
        && (OperatingSystem.IsWindows() || entry.Owner == NativeFile.UserId());

    // The ids of processes belong to a container, and several of them can share the temporary folder.
    private static string Namespace()
    {
        string target = OperatingSystem.IsLinux() ? new FileInfo("/proc/self/ns/pid").LinkTarget ?? "" : "";
        string digits = new([.. target.Where(char.IsAsciiDigit)]);
        return digits.Length == 0 ? "0" : digits;
    }
}
