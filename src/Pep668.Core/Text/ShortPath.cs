namespace Pep668.Text;

/// <summary>Shortens paths for tables.</summary>
internal static class ShortPath
{
    private const char Omission = '…';

    // The name of an interpreter is still recognizable.
    private const int Least = 16;

    /// <summary>A path of at most so many characters: with <c>~</c> for the home folder if it is too long, else without
    /// its first part too. It is never shortened to less than 16 characters.</summary>
    /// <param name="path">The path.</param>
    /// <param name="width">How many characters there are.</param>
    /// <param name="home">The home folder; null if the path is not one of this machine.</param>
    internal static string Fit(string path, int width, string? home)
    {
        int length = Math.Max(width, Least);
        string text = path.Length > length ? WithTilde(path, home) : path;
        if (text.Length <= length)
        {
            return text;
        }
        int start = text.Length - length + 1;
        // Half a pair of surrogates is not a character.
        return Omission + text[(char.IsLowSurrogate(text[start]) ? start + 1 : start)..];
    }

    /// <summary>A path with <c>~</c> for the home folder.</summary>
    /// <param name="path">The path.</param>
    /// <param name="home">The home folder; null if the path is not one of this machine.</param>
    internal static string WithTilde(string path, string? home) => IsBelow(path, home) ? "~" + path[home!.Length..] : path;

    private static bool IsBelow(string path, string? home) => home is { Length: > 1 } && path.StartsWith(home, StringComparison.Ordinal)
        && (path.Length == home.Length || path[home.Length] is '/' or '\\');
}
