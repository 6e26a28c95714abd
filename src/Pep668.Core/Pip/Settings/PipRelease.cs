using System.Globalization;

namespace Pep668.Pip;

/// <summary>What differs between the releases of pip in how they are configured; seen in the sources of 18.1, 19.2, 22.0, 23.0 to 26.2.</summary>
internal readonly record struct PipRelease
{
    private readonly int _major;
    private readonly int _minor;
    private readonly int _patch;

    private PipRelease(int major, int minor, int patch) => (_major, _minor, _patch) = (major, minor, patch);

    /// <summary>From <c>pip.__version__</c>; an unknown one is taken for the newest.</summary>
    internal static PipRelease Of(string? version)
    {
        int[] numbers = [.. (version ?? "").Split('.').Select(Number)];
        return numbers[0] < 0 ? new(int.MaxValue, 0, 0) : new(numbers[0], Math.Max(0, numbers.ElementAtOrDefault(1)), Math.Max(0, numbers.ElementAtOrDefault(2)));

        static int Number(string part)
        {
            string digits = new([.. part.TakeWhile(char.IsAsciiDigit)]);
            return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1;
        }
    }

    /// <summary>Whether it has <c>--break-system-packages</c>: 23.0 checks PEP 668 and cannot be overridden, 23.0.1 can.</summary>
    internal bool HasOverride => IsAtLeast(23, 0, 1);

    /// <summary>Whether the environment's file counts outside a virtual environment too.</summary>
    internal bool ReadsSiteFileEverywhere => IsAtLeast(19);

    /// <summary>Whether an empty variable of XDG means the default: platformdirs and its forerunner instead of pip's own code.</summary>
    internal bool HasDefaultForEmptyXdg => IsAtLeast(20);

    /// <summary>Whether <c>~</c> is read in <c>XDG_CONFIG_DIRS</c>.</summary>
    internal bool ExpandsXdgFolders => !IsAtLeast(24, 1);

    /// <summary>Whether platformdirs drops empty folders and heeds XDG's variables on macOS.</summary>
    internal bool HasXdgMixin => IsAtLeast(26);

    /// <summary>Whether platformdirs names a folder of Homebrew on macOS.</summary>
    internal bool HasHomebrewFolder => IsAtLeast(24, 1);

    /// <summary>Whether several folders on macOS are told apart; before, pip took them for one path, which is none.</summary>
    internal bool SplitsMacFolders => IsAtLeast(25, 1);

    /// <summary>Whether the values are kept by file, so that a file read twice stays where it was read first.</summary>
    internal bool KeepsValuesByFile => IsAtLeast(26);

    /// <summary>Whether a counted option takes numbers.</summary>
    internal bool CountsNumbers => IsAtLeast(20);

    /// <summary>Whether it asks for the locale's encoding even where Python's UTF-8 mode is on.</summary>
    internal bool IgnoresUtf8Mode => IsAtLeast(26);

    private bool IsAtLeast(int major, int minor = 0, int patch = 0) => (_major, _minor, _patch).CompareTo((major, minor, patch)) >= 0;
}
