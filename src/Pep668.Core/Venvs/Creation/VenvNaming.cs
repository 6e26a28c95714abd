using Pep668.Machines;

namespace Pep668.Venvs.Creation;

/// <summary>The paths and prompts that no environment can have, because no shell, no configuration file or no folder of
/// this system can contain them.</summary>
internal static class VenvNaming
{
    private const string Device = @"\\.\"; // how Windows names one, such as NUL

    // The separator of PATH, which venv refuses too, and on Windows what no file name can have.
    private static readonly string UnusableLetters = HostPlatform.IsWindows ? ";<>:\"|?*" : ":";

    /// <summary>Why no environment can have a path, as a clause; null if one can.</summary>
    internal static string? WhyNotPath(string path)
    {
        string root = Path.GetPathRoot(path) ?? "";
        return path.StartsWith(Device, StringComparison.Ordinal) ? VenvMessages.Device()
            : Unusable(path[root.Length..]) is string letter
                ? letter[0] == Path.PathSeparator ? VenvMessages.Separator(letter) : VenvMessages.InvalidCharacter(letter)
            : HasControl(path) ? VenvMessages.ControlCharacterInPath()
            : Path.GetDirectoryName(path) is null ? VenvMessages.RootFolder()
            : null;
    }

    /// <summary>Why no environment can have a prompt, as a clause; null if one can.</summary>
    internal static string? WhyNotPrompt(string? prompt) => HasControl(prompt) ? VenvMessages.ControlCharacterInPrompt() : null;

    /// <summary>A path in the same folder with another name, which an environment can have; null if the folder is the
    /// problem.</summary>
    internal static string? Corrected(string path) =>
        Path.GetDirectoryName(path) is string parent && !HasControl(parent)
        && Unusable(parent[(Path.GetPathRoot(parent)?.Length ?? 0)..]) is null
            ? Path.Combine(parent, Plain(Path.GetFileName(path))) : null;

    /// <summary>A name or a prompt without the letters that it cannot have.</summary>
    internal static string Plain(string text) =>
        string.Concat(text.Select(letter => letter < ' ' || UnusableLetters.Contains(letter, StringComparison.Ordinal) ? '-' : letter));

    private static string? Unusable(string path) =>
        path.AsSpan().IndexOfAny(UnusableLetters) is >= 0 and int at ? path[at..(at + 1)] : null;

    private static bool HasControl(string? text) => text?.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0;
}
