using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>A formula's folder in Homebrew: <c>Cellar/FORMULA/VERSION</c>, and the link <c>opt/FORMULA</c> to the
/// version in use.</summary>
/// <param name="HomebrewPrefix"><c>HOMEBREW_PREFIX</c>.</param>
/// <param name="Formula">Such as <c>python@3.13</c>.</param>
internal sealed record HomebrewKeg(string HomebrewPrefix, string Formula)
{
    /// <summary>The link that stays through upgrades.</summary>
    internal string Opt => $"{HomebrewPrefix}/opt/{Formula}";

    /// <summary>Reads a path below <c>Cellar</c> or <c>opt</c>, by its text alone; null for any other.</summary>
    internal static HomebrewKeg? Find(string path)
    {
        foreach (string mark in (string[])["/Cellar/", "/opt/"])
        {
            int at = path.LastIndexOf(mark, StringComparison.Ordinal);
            if (at > 0 && path[(at + mark.Length)..].Split('/')[0] is { Length: > 0 } formula)
            {
                return new(path[..at], formula);
            }
        }
        return null;
    }

    /// <summary>
    /// An installation as its interpreter names itself: the <c>sitecustomize</c> that Homebrew writes
    /// (<c>Formula/p/python@3.13.rb</c>) puts the link in <c>opt</c> in place of the keg into <c>sys.prefix</c> and
    /// <c>sys.base_prefix</c>.
    /// </summary>
    internal static Installation ThroughOpt(FileTree files, Installation installation)
    {
        int at = installation.Prefix.LastIndexOf("/Cellar/", StringComparison.Ordinal);
        if (at <= 0 || Find(installation.Prefix) is not HomebrewKeg keg)
        {
            return installation;
        }
        string[] below = installation.Prefix[at..].Split('/', 5); // "", Cellar, the formula, its version, the rest
        if (below.Length < 4)
        {
            return installation;
        }
        string cellar = $"{keg.HomebrewPrefix}/Cellar/{keg.Formula}/{below[3]}";
        return string.Equals(files.RealPath(keg.Opt), files.RealPath(cellar), StringComparison.Ordinal)
            && files.ReadText(Path.Combine(installation.StdLib, "sitecustomize.py"))?.Contains("sys.base_prefix = new_prefix",
                StringComparison.Ordinal) == true
            ? installation with
            {
                Prefix = keg.Opt + installation.Prefix[cellar.Length..],
                StdLib = keg.Opt + installation.StdLib[cellar.Length..],
                Keg = keg,
            }
            : installation;
    }
}
