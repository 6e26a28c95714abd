using System.Text;

namespace Pep668.Pip.Linting;

/// <summary>Whether bytes can contain a finding, without reading them as text: most files of a repository
/// cannot.</summary>
internal static class LintSearch
{
    private const int BinaryStart = 8000; // as git decides (xdiff-interface.c, buffer_is_binary)

    /// <summary>Whether one of the names is in the bytes.</summary>
    internal static bool MayHaveFindings(ReadOnlySpan<byte> bytes) =>
        IsUtf16(bytes) || bytes.IndexOf("system-packages"u8) >= 0 || bytes.IndexOf("SYSTEM_PACKAGES"u8) >= 0
        || bytes.IndexOf("system_packages"u8) >= 0 || bytes.IndexOf("EXTERNALLY"u8) >= 0 || HasAbbreviation(bytes)
        || bytes.IndexOf("MANAGED"u8) >= 0 || bytes.IndexOf("xternally-managed"u8) >= 0 || HasPattern(bytes)
        || bytes.IndexOf("reakSystem"u8) >= 0 || bytes.IndexOf("reaksystem"u8) >= 0
        || bytes.IndexOf("ystem-Packages"u8) >= 0 || bytes.IndexOf("ystem_Packages"u8) >= 0;

    /// <summary>The text of a file; null if it is not text.</summary>
    internal static string? Decode(ReadOnlySpan<byte> bytes)
    {
        if (IsUtf16(bytes))
        {
            return (bytes[0] == 0xFF ? Encoding.Unicode : Encoding.BigEndianUnicode).GetString(bytes[2..]);
        }
        return bytes[..Math.Min(bytes.Length, BinaryStart)].Contains((byte)0) ? null
            : Encoding.UTF8.GetString(bytes.StartsWith(Encoding.UTF8.Preamble) ? bytes[3..] : bytes);
    }

    private static bool IsUtf16(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 1 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF));

    // A beginning of the marker's name with a wildcard: EXT*, EXTERN??LLY*.
    private static bool HasPattern(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> name = "EXTERNALLY-"u8;
        while (bytes.IndexOf("EXT"u8) is >= 0 and int at)
        {
            bytes = bytes[at..];
            int length = bytes.CommonPrefixLength(name);
            if (length < bytes.Length && bytes[length] is (byte)'*' or (byte)'?' or (byte)'[')
            {
                return true;
            }
            bytes = bytes[length..];
        }
        return false;
    }

    // A beginning of the option as a whole word: --b, --br, …
    private static bool HasAbbreviation(ReadOnlySpan<byte> bytes)
    {
        ReadOnlySpan<byte> option = "--break-system-packages"u8;
        while (bytes.IndexOf("--b"u8) is >= 0 and int at)
        {
            bytes = bytes[at..];
            int length = bytes.CommonPrefixLength(option);
            if (length == bytes.Length || !(char.IsAsciiLetterOrDigit((char)bytes[length]) || bytes[length] is (byte)'-' or (byte)'_'))
            {
                return true;
            }
            bytes = bytes[length..];
        }
        return false;
    }
}
