using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;

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
        folder.Folder.Write(ChildFile, Encoding.ASCII.GetBytes(FormattableString.Invariant($"{child.Id}-{child.Started}")));

    private static void DeleteAbandoned()
    {
        using OpenFolder? place = TemporaryFolder.OpenPlace();
        try
        {
            foreach (DirectoryItem item in place?.List() ?? [])
            {
                if (item.Kind == FileKind.Directory && item.Name.StartsWith(Start, StringComparison.Ordinal)
                    && IsAbandoned(place!, item.Name))
                {
                    place!.DeleteTree(item.Name);
                }
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The next command tries again.
        }
    }

    // Nobody else can put anything into a folder that belongs to this user.
    private static bool IsAbandoned(OpenFolder place, string name)
    {
        string[] parts = name[Start.Length..].Split('-', 4);
        if (parts.Length != 4 || !string.Equals(parts[0], Namespace(), StringComparison.Ordinal)
            || Read(parts[1], parts[2]) is not RunningProcess maker || maker.Exists())
        {
            return false;
        }
        using OpenFolder folder = place.OpenChild(name);
        return FileTrust.IsOwn(folder.Stat())
            && !(Child(folder) is RunningProcess child && child.Exists());
    }

    private static RunningProcess? Child(OpenFolder folder)
    {
        if (folder.Stat(ChildFile).Kind != FileKind.File)
        {
            return null;
        }
        using SafeFileHandle file = folder.OpenFile(ChildFile);
        byte[] bytes = new byte[64];
        string text = Encoding.ASCII.GetString(bytes.AsSpan(0, RandomAccess.Read(file, bytes, 0)));
        return text.Split('-') is [string id, string started] ? Read(id, started) : null;
    }

    private static RunningProcess? Read(string id, string started) =>
        int.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
        && long.TryParse(started, NumberStyles.None, CultureInfo.InvariantCulture, out long ticks) ? new(number, ticks) : null;

    // The ids of processes belong to a container, and several of them can share the temporary folder.
    private static string Namespace()
    {
        string target = OperatingSystem.IsLinux() ? FileTree.Host.ReadLink("/proc/self/ns/pid") ?? "" : "";
        string digits = new([.. target.Where(char.IsAsciiDigit)]);
        return digits.Length == 0 ? "0" : digits;
    }
}
