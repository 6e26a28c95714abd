using System.Buffers;
using System.IO.Compression;
using System.Text;
using Pep668.Machines;

namespace Pep668.Venvs.Seeding;

/// <summary>What distlib writes between the first line of a command and the rest (<c>ScriptMaker._write_script</c>): it
/// changed with its versions.</summary>
internal enum FirstLineBreak
{
    /// <summary>Nothing (0.3.9 and later).</summary>
    None,

    /// <summary>The system's line break, if the line does not end with it: <c>\n\r\n</c> on Windows.</summary>
    WhereMissing,

    /// <summary>The system's line break, even after another (before 0.2.9).</summary>
    Always,
}

/// <summary>What starts a command: a script, on Windows in a program, as distlib's <c>ScriptMaker</c> writes it for pip
/// (<c>pip/_vendor/distlib/scripts.py</c>).</summary>
internal static class CommandLauncher
{
    private const int MaximumShebang = 127, MaximumShebangMac = 512; // scripts.py, _build_shebang

    private static readonly SearchValues<char> ShellLetters = SearchValues.Create(" \t\n\"'$`\\&;|<>()*?[]#~!{}");

    /// <summary>The bytes of a command.</summary>
    internal static byte[] Write(string template, FirstLineBreak lineBreak, EntryPoint command, string executable,
        ReadOnlyMemory<byte>? launcher)
    {
        string script = template
            .Replace("%(module)s", command.Module, StringComparison.Ordinal)
            .Replace("%(import_name)s", command.Function.Split('.')[0], StringComparison.Ordinal)
            .Replace("%(func)s", command.Function, StringComparison.Ordinal);
        if (launcher is not ReadOnlyMemory<byte> program)
        {
            return Encoding.UTF8.GetBytes(Shebang(executable, lineBreak) + script);
        }
        using var archive = new MemoryStream();
        using (var zip = new ZipArchive(archive, ZipArchiveMode.Create, leaveOpen: true))
        {
            ZipArchiveEntry main = zip.CreateEntry("__main__.py", CompressionLevel.NoCompression);
            main.LastWriteTime = new DateTimeOffset(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);
            using Stream stream = main.Open();
            stream.Write(Encoding.UTF8.GetBytes(script));
        }
        string quoted = executable.Contains(' ', StringComparison.Ordinal) ? $"\"{executable}\"" : executable;
        return [.. program.Span, .. Encoding.UTF8.GetBytes($"#!{quoted}\n{(lineBreak == FirstLineBreak.None ? "" : "\r\n")}"),
            .. archive.ToArray()];
    }

    /// <summary>The first lines of a script on POSIX: through <c>/bin/sh</c> if the path is too long for the kernel
    /// or contains a blank.</summary>
    /// <remarks>A path with a quote or a <c>$</c> is quoted for the shell, which distlib does not do.</remarks>
    internal static string Shebang(string executable, FirstLineBreak lineBreak = FirstLineBreak.None)
    {
        int length = Encoding.UTF8.GetByteCount(executable) + "#!\n".Length;
        return executable.AsSpan().IndexOfAny(" \t\n") < 0
            && length <= (HostPlatform.Current == Platform.MacOS ? MaximumShebangMac : MaximumShebang)
            ? $"#!{executable}\n{(lineBreak == FirstLineBreak.Always ? "\n" : "")}"
            : $"#!/bin/sh\n'''exec' {ForShell(executable)} \"$0\" \"$@\"\n' '''\n";
    }

    // Python reads the same line as a string between three single quotes: a backslash must not begin an invalid escape
    // sequence.
    private static string ForShell(string executable)
    {
        if (!executable.AsSpan().ContainsAny(ShellLetters))
        {
            return executable;
        }
        var text = new StringBuilder("\"");
        foreach (char letter in executable)
        {
            text.Append(letter is '"' or '$' or '`' or '\\' ? $"\"'{letter}'\"" : letter.ToString());
        }
        return text.Append('"').ToString();
    }
}
