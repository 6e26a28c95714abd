using System.Text;
using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>Searches the constants of programs for a version, for one interpreter: it reads 1 GiB at most.</summary>
internal sealed class EmbeddedVersion
{
    private const int LongestVersion = 32;

    private long _left = 1L << 30;

    /// <summary>
    /// The version that is a separate text in the file: what <c>Py_GetVersion</c> prints first
    /// (<c>3.11.2</c>), and PyPy's <c>3.9.16 (7.3.11…</c>.
    /// </summary>
    /// <param name="files">Where it is.</param>
    /// <param name="path">The file.</param>
    /// <param name="program">Its header.</param>
    /// <param name="series">The two numbers it must begin with, such as <c>3.11</c>.</param>
    /// <returns>The text, such as <c>3.14.0rc1</c>; null if it is missing.</returns>
    internal string? Find(FileTree files, string path, ExecutableFile program, string series)
    {
        byte[] wanted = Encoding.ASCII.GetBytes('\0' + series + '.');
        return EmbeddedText.Search(files, path, program, LongestVersion, ref _left, window =>
        {
            for (int at; (at = window.IndexOf(wanted)) >= 0; window = window[(at + wanted.Length)..])
            {
                if (VersionAt(window[(at + 1)..], wanted.Length - 1) is string version)
                {
                    return version;
                }
            }
            return null;
        });
    }

    // X.Y. stands; then the micro number, perhaps a, b, c or rc with a number, perhaps the + of a build from a
    // checkout.
    private static string? VersionAt(ReadOnlySpan<byte> text, int series)
    {
        int end = series;
        if (!Digits(text, ref end))
        {
            return null;
        }
        string release = Encoding.ASCII.GetString(text[..end]);
        string level = "";
        int mark = end;
        while (mark < text.Length && text[mark] is (byte)'a' or (byte)'b' or (byte)'c' or (byte)'r')
        {
            mark++;
        }
        if (mark > end)
        {
            int number = mark;
            if (!Digits(text, ref number))
            {
                return null;
            }
            string letters = Encoding.ASCII.GetString(text[end..mark]);
            level = (letters is "c" ? "rc" : letters) + Encoding.ASCII.GetString(text[mark..number]);
            end = number;
        }
        if (end < text.Length && text[end] == '+')
        {
            end++;
        }
        return end < text.Length && text[end] is 0 or (byte)' ' ? release + level : null;
    }

    private static bool Digits(ReadOnlySpan<byte> text, ref int at)
    {
        int start = at;
        while (at < text.Length && at - start < 3 && text[at] is >= (byte)'0' and <= (byte)'9')
        {
            at++;
        }
        return at > start;
    }
}
