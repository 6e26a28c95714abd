namespace Pep668.Machines.Staging;

/// <summary>The names of what is written aside, before it takes the place that it is for.</summary>
internal static class StagingName
{
    private const string Start = ".pep668-";
    private const int Digits = 12;

    /// <summary>A name that nothing has.</summary>
    internal static string NewName() => Start + Guid.NewGuid().ToString("N")[..Digits];

    /// <summary>Whether a name is one of these.</summary>
    internal static bool IsName(string name) =>
        name.Length == Start.Length + Digits && name.StartsWith(Start, StringComparison.Ordinal)
        && name.Skip(Start.Length).All(char.IsAsciiHexDigitLower);
}
