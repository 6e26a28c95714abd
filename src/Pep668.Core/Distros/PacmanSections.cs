using System.Text;

namespace Pep668.Distros;

/// <summary>The sections of pacman's <c>desc</c> and <c>files</c>: a line <c>%NAME%</c>, lines of values, an empty
/// line.</summary>
internal static class PacmanSections
{
    /// <summary>The lines of one section; nothing if it is missing.</summary>
    internal static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        while (!text.IsEmpty)
        {
            int end = text.IndexOf("\n\n"u8);
            ReadOnlySpan<byte> section = end < 0 ? text : text[..end];
            text = end < 0 ? [] : text[(end + 2)..].TrimStart((byte)'\n');
            int first = section.IndexOf((byte)'\n');
            if ((first < 0 ? section : section[..first]).SequenceEqual(name))
            {
                return first < 0 ? [] : section[(first + 1)..];
            }
        }
        return [];
    }

    /// <summary>The values of one section, as texts.</summary>
    internal static IReadOnlyList<string> Lines(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name) =>
        Encoding.UTF8.GetString(Find(text, name)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
