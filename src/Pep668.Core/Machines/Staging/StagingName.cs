namespace Pep668.Machines.Staging;

/// <summary>The names of folders and files that are renamed to their targets when they are complete.</summary>
internal static class StagingName
{
    /// <summary>How each begins.</summary>
    internal const string Start = ".pep668-";

    private const int Digits = 12;

    /// <summary>A new, unused name.</summary>
    internal static string NewName() => Start + UnusedName.New()[..Digits];

    /// <summary>Whether a name is one of these.</summary>
    internal static bool IsName(string name) =>
        name.Length == Start.Length + Digits && name.StartsWith(Start, StringComparison.Ordinal)
        && name.Skip(Start.Length).All(char.IsAsciiHexDigitLower);
}
