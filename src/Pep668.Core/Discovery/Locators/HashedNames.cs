namespace Pep668.Discovery.Locators;

/// <summary>Names that tools make of a project's name and eight characters of a hash, in base64 for URLs.</summary>
internal static class HashedNames
{
    private const int Length = 8;

    /// <summary>Whether a text is such a hash.</summary>
    internal static bool IsHash(ReadOnlySpan<char> text)
    {
        foreach (char character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('-' or '_'))
            {
                return false;
            }
        }
        return text.Length == Length;
    }

    /// <summary>Whether a name ends in <c>-HASH</c> after something else.</summary>
    internal static bool EndsInHash(ReadOnlySpan<char> name) =>
        name.Length > Length + 1 && name[^(Length + 1)] == '-' && IsHash(name[^Length..]);

    /// <summary>Whether a name is <c>PROJECT-HASH-REST</c>.</summary>
    internal static bool HasHashInside(ReadOnlySpan<char> name)
    {
        for (int end = Length + 2; end < name.Length - 1; end++)
        {
            if (name[end] == '-' && EndsInHash(name[..end]))
            {
                return true;
            }
        }
        return false;
    }
}
