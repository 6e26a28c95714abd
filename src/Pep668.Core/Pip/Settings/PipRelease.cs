using System.Globalization;

namespace Pep668.Pip.Settings;

/// <summary>What differs between the releases of pip in how they are configured, from the history of its sources; 9.0
/// and older are taken for the first that has them.</summary>
internal readonly record struct PipRelease
{
    private readonly int _major;
    private readonly int _minor;
    private readonly int _patch;

    private PipRelease(int major, int minor, int patch) => (_major, _minor, _patch) = (major, minor, patch);

    /// <summary>From <c>pip.__version__</c>; an unknown one is taken for the newest.</summary>
    internal static PipRelease Parse(string? version)
    {
        int[] numbers = [.. (version ?? "").Split('.').Select(Number)];
        return numbers[0] < 0
            ? new(int.MaxValue, 0, 0)
            : new(numbers[0], Math.Max(0, numbers.ElementAtOrDefault(1)), Math.Max(0, numbers.ElementAtOrDefault(2)));

        static int Number(string part)
        {
            string digits = new([.. part.TakeWhile(char.IsAsciiDigit)]);
            return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
        }
    }

    /// <summary>Whether it has <c>--break-system-packages</c>: 23.0 checks PEP 668 and cannot be overridden, 23.0.1
    /// can.</summary>
    internal bool HasOverride => IsAtLeast(23, 0, 1);

    /// <summary>Whether it has <c>--dry-run</c> and <c>--report</c>.</summary>
    internal bool HasReport => IsAtLeast(22, 2);

    /// <summary>Whether it has <c>--python</c>, and with it <c>PIP_PYTHON</c>.</summary>
    internal bool HasPython => IsAtLeast(22, 3);

    /// <summary>Whether it installs where <c>sysconfig</c> leads with Python 3.10 and later; before, where distutils
    /// does.</summary>
    internal bool UsesSysconfig => IsAtLeast(21, 3);

    /// <summary>Whether the environment's file counts outside a virtual environment too.</summary>
    internal bool ReadsSiteFileEverywhere => IsAtLeast(19, 1);

    /// <summary>Whether an empty <c>XDG_CONFIG_DIRS</c> means the default, and empty folders in it are dropped: appdirs
    /// instead of pip's own code.</summary>
    internal bool HasAppdirs => IsAtLeast(20) && !HasPlatformdirs;

    /// <summary>Whether the folders are joined to one text and split again.</summary>
    internal bool JoinsXdgFolders => IsAtLeast(20, 1);

    /// <summary>Whether XDG's variables of blanks mean the default: platformdirs.</summary>
    internal bool HasPlatformdirs => IsAtLeast(21, 3);

    /// <summary>Whether <c>~</c> is read in <c>XDG_CONFIG_DIRS</c>.</summary>
    internal bool ExpandsXdgFolders => !IsAtLeast(24, 1);

    /// <summary>Whether platformdirs drops empty folders and respects XDG's variables on macOS.</summary>
    internal bool HasXdgMixin => IsAtLeast(26, 2);

    /// <summary>Whether platformdirs names a folder of Homebrew on macOS.</summary>
    internal bool HasHomebrewFolder => IsAtLeast(24, 1);

    /// <summary>Whether that folder is found for every prefix of Homebrew, not for <c>/opt/homebrew</c>
    /// alone.</summary>
    internal bool KnowsHomebrewByPython => IsAtLeast(25, 3);

    /// <summary>Whether several folders on macOS are told apart; before, pip took them for one path, which is
    /// none.</summary>
    internal bool SplitsMacFolders => IsAtLeast(25, 1);

    /// <summary>Whether the values are kept by file, so that a file read twice stays where it was read first.</summary>
    internal bool KeepsValuesByFile => IsAtLeast(25, 2);

    /// <summary>
    /// Whether each file's values are judged and set one after the other, so that an empty value hides no weaker
    /// file's, and a bad one stops pip even where another overrides it: 25.2 and 25.3.
    /// </summary>
    internal bool SetsFileByFile => KeepsValuesByFile && !IsAtLeast(26);

    /// <summary>Whether a counted option takes numbers.</summary>
    internal bool CountsNumbers => IsAtLeast(20, 3);

    /// <summary>Whether it asks for the locale's encoding even where Python's UTF-8 mode is on.</summary>
    internal bool IgnoresUtf8Mode => IsAtLeast(26, 2);

    /// <summary>Whether <c>--requirement</c> takes a <c>pylock.toml</c>.</summary>
    internal bool ReadsLockFiles => IsAtLeast(26, 1);

    internal bool IsAtLeast(int major, int minor = 0, int patch = 0) => (_major, _minor, _patch).CompareTo((major, minor, patch)) >= 0;
    /// <summary>Whether <c>--report</c> comes without a warning that it is an experiment.</summary>
    internal bool HasStableReport => IsAtLeast(23);

    /// <summary>Whether it has <c>--progress-bar raw</c>.</summary>
    internal bool HasRawProgress => IsAtLeast(24, 1);

    /// <summary>Whether it finds its certificates when it is run inside its wheel.</summary>
    internal bool FindsCertificatesInWheel => IsAtLeast(21);
}
