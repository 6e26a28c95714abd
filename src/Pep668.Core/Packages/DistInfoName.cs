namespace Pep668.Packages;

/// <summary>The name of a <c>.dist-info</c> folder: <c>NAME-VERSION.dist-info</c>.</summary>
/// <param name="Folder">The whole name.</param>
/// <param name="Name">The distribution, with a hyphen for each underscore.</param>
/// <param name="Version">Its version; null when the name has none, or more than one hyphen.</param>
internal sealed record DistInfoName(string Folder, string Name, string? Version)
{
    internal const string Suffix = ".dist-info";

    /// <summary>
    /// Reads a file name; null for any other, and for what an interrupted pip has renamed (<c>~ame</c>).
    /// </summary>
    internal static DistInfoName? Parse(string name)
    {
        if (name.StartsWith('~') || !name.EndsWith(Suffix, StringComparison.Ordinal))
        {
            return null;
        }
        string[] parts = name[..^Suffix.Length].Split('-');
        return new(name, parts[0].Replace('_', '-'), parts.Length == 2 ? parts[1] : null);
    }
}
