using System.Buffers;
using System.Text.Unicode;

namespace Pep668.Text;

/// <summary>What Python means by white space, a line and text, where .NET means something else.</summary>
internal static partial class PythonText
{
    /// <summary><c>str.isspace()</c>, which is also <c>\s</c>: .NET's white space and U+001C to U+001F.</summary>
    internal static bool IsSpace(char c) => c is >= '\u001C' and <= '\u001F' || char.IsWhiteSpace(c);

    /// <summary><c>str.strip()</c></summary>
    internal static ReadOnlySpan<char> Strip(ReadOnlySpan<char> text) => StripEnd(StripStart(text));

    /// <summary><c>str.lstrip()</c></summary>
    internal static ReadOnlySpan<char> StripStart(ReadOnlySpan<char> text)
    {
        int start = 0;
        while (start < text.Length && IsSpace(text[start]))
        {
            start++;
        }
        return text[start..];
    }

    /// <summary><c>str.rstrip()</c></summary>
    internal static ReadOnlySpan<char> StripEnd(ReadOnlySpan<char> text)
    {
        int end = text.Length;
        while (end > 0 && IsSpace(text[end - 1]))
        {
            end--;
        }
        return text[..end];
    }

    /// <summary>Line breaks as <c>open()</c> translates them in text mode: <c>\r\n</c> and a lone <c>\r</c> become
    /// <c>\n</c>.</summary>
    internal static string UniversalNewlines(string text) =>
        text.Contains('\r') ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;

    /// <summary><c>bytes.decode("utf-8")</c>: strict, and a byte order mark stays in the text.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="position">Where the first invalid sequence starts, from 0, as <c>UnicodeDecodeError.start</c>; else
    /// -1.</param>
    /// <returns>The text, or null when the bytes are not UTF-8.</returns>
    internal static string? DecodeUtf8(ReadOnlySpan<byte> bytes, out int position)
    {
        char[] buffer = ArrayPool<char>.Shared.Rent(bytes.Length);
        try
        {
            OperationStatus status = Utf8.ToUtf16(bytes, buffer, out int read, out int written, replaceInvalidSequences: false);
            position = status == OperationStatus.Done ? -1 : read;
            return position < 0 ? new string(buffer, 0, written) : null;
        }
        finally
        {
            ArrayPool<char>.Shared.Return(buffer);
        }
    }
}
