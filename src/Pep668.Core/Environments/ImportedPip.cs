using System.Globalization;
using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>The pip that an environment would import, from its files.</summary>
internal static class ImportedPip
{
    /// <summary>The <c>__version__</c> of the first <c>pip/__init__.py</c> on the way, also in an egg; null when there
    /// is none.</summary>
    internal static string? Version(FileTree files, IReadOnlyList<string> sitePackages)
    {
        foreach (string folder in sitePackages)
        {
            if (Imported(files, folder) is string version)
            {
                return version;
            }
        }
        return sitePackages is [string own, ..] ? OfEgg(files, own) : null;
    }

    /// <summary>The version of pip in the environment that another one extends; null if it has no pip.</summary>
    internal static string? OfExtended(FileTree files, PythonEnvironment environment) =>
        environment is { Config.Extends: string extended, SitePackages: [string own, ..] }
            ? Imported(files, Path.Combine(
                PathText.Absolute(extended, environment.Prefix), Path.GetRelativePath(environment.Prefix, own)))
            : null;

    private static string? Imported(FileTree files, string folder) =>
        files.ReadText(Path.Combine(folder, "pip", "__init__.py"), limit: 1 << 16) is string text ? Assigned(text) : null;

    // Installed by easy_install, which adds the egg to the search path with a line in this file of the first folder
    // (setuptools, "PthDistributions").
    private static string? OfEgg(FileTree files, string folder) =>
        files.ReadText(Path.Combine(folder, "easy-install.pth"), limit: 1 << 16)?.Split('\n').Select(line => line.Trim())
            .Where(line => line.Length > 0 && !line.StartsWith("import ", StringComparison.Ordinal))
            .Select(line => Imported(files, PathText.Absolute(line, folder))).FirstOrDefault(version => version is not null);

    /// <summary>
    /// Whether that version checks PEP 668 (pip's news: "23.0: Implement PEP 668"); null without pip. An
    /// unknown version counts as the newest.
    /// </summary>
    internal static bool? Enforces(string? version)
    {
        if (version is null)
        {
            return null;
        }
        int end = version.AsSpan().IndexOfAnyExceptInRange('0', '9');
        ReadOnlySpan<char> number = end < 0 ? version : version.AsSpan(0, end);
        return !int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int major) || major >= 23;
    }

    private static string? Assigned(string text)
    {
        const string Name = "__version__";
        for (int at = 0; (at = text.IndexOf(Name, at, StringComparison.Ordinal)) >= 0; at += Name.Length)
        {
            ReadOnlySpan<char> rest = text.AsSpan(at + Name.Length).TrimStart(" ");
            if (rest is ['=', ..])
            {
                rest = rest[1..].TrimStart(" ");
                if (rest is ['"' or '\'', ..] && rest[1..].IndexOf(rest[0]) is > 0 and int end)
                {
                    return rest[1..(end + 1)].ToString();
                }
            }
        }
        return null;
    }
}
