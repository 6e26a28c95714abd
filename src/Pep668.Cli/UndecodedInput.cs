using System.Text;
using Microsoft.Win32.SafeHandles;
using Pep668.Machines;

namespace Pep668.Cli;

/// <summary>
/// Arguments and a working folder whose bytes are not UTF-8. .NET replaces such bytes, and the text is then the path of
/// another file.
/// </summary>
internal static class UndecodedInput
{
    private const char Replacement = '\uFFFD';

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What cannot be used; empty if everything can.</summary>
    /// <param name="arguments">The arguments, without the name of the program.</param>
    /// <param name="folder">The working folder.</param>
    internal static IEnumerable<string> Find(IReadOnlyList<string> arguments, string folder)
    {
        if (folder.Contains(Replacement, StringComparison.Ordinal)
            && !FileTree.Host.Stat(folder).IsSameFile(FileTree.Host.Stat(".")))
        {
            yield return CompanionMessages.UndecodedFolder(folder);
        }
        IReadOnlyList<byte[]>? bytes = null;
        for (int at = 0; at < arguments.Count; at++)
        {
            if (!arguments[at].Contains(Replacement, StringComparison.Ordinal))
            {
                continue;
            }
            bytes ??= CommandLine();
            // Before them are the program and, without an executable of its own, its host.
            int place = bytes.Count - arguments.Count + at;
            if (place < 0 || !IsUtf8(bytes[place]))
            {
                yield return CompanionMessages.UndecodedArgument(arguments[at]);
            }
        }
    }

    private static bool IsUtf8(byte[] bytes)
    {
        try
        {
            _ = Strict.GetCharCount(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }

    // Each argument with its bytes (proc_pid_cmdline(5)); empty where the system does not show them.
    private static List<byte[]> CommandLine()
    {
        using SafeFileHandle? file = FileTree.Host.Open("/proc/self/cmdline");
        var all = new List<byte>();
        byte[] part = new byte[1 << 16];
        for (int count = 1; file is not null && count > 0;)
        {
            count = RandomAccess.Read(file, part, all.Count);
            all.AddRange(part.AsSpan(0, count));
        }
        var arguments = new List<byte[]>();
        for (int start = 0, end; (end = all.IndexOf(0, start)) >= 0; start = end + 1)
        {
            arguments.Add([.. all.GetRange(start, end - start)]);
        }
        return arguments;
    }
}
