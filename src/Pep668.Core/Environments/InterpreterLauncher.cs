using Microsoft.Win32.SafeHandles;
using Pep668.Machines;

namespace Pep668.Environments;

/// <summary>
/// Programs that are named like an interpreter and only start one. They have no library of their own, and a search
/// upward from them would find another Python's.
/// </summary>
internal static class InterpreterLauncher
{
    private const int LargestStub = 1 << 20;

    /// <summary>
    /// Whether a program is one: in a version manager's <c>shims</c>, in the folder of app execution aliases, beside a
    /// <c>.__target__</c> (PyManager's <c>aliasutils.py</c>), or one of macOS's stubs.
    /// </summary>
    /// <param name="files">Where it is.</param>
    /// <param name="path">The program.</param>
    internal static bool Is(FileTree files, string path)
    {
        string folder = Path.GetDirectoryName(path) ?? "";
        return Path.GetFileName(folder) is "shims" || IsAppAlias(path)
            || (path.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) && files.IsFile(path + ".__target__"))
            || IsXcodeStub(files, path);
    }

    /// <summary>Whether a path is in <c>Microsoft\WindowsApps</c>, or in a package's folder there: reparse points that
    /// Windows alone can follow.</summary>
    internal static bool IsAppAlias(string path)
    {
        string? folder = Path.GetDirectoryName(path);
        return IsAliasFolder(folder) || IsAliasFolder(Path.GetDirectoryName(folder));

        static bool IsAliasFolder(string? folder) =>
            string.Equals(Path.GetFileName(folder), "WindowsApps", StringComparison.OrdinalIgnoreCase)
            && string.Equals(Path.GetFileName(Path.GetDirectoryName(folder)), "Microsoft", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>
    /// Whether it is a program of <c>/usr/bin</c> that asks <c>xcode-select</c> for the one to run: Apple's stubs carry
    /// their identifier, <c>com.apple.dt.xcode_select.tool-shim</c>.
    /// </summary>
    internal static bool IsXcodeStub(FileTree files, string path)
    {
        if (Path.GetDirectoryName(path) is not "/usr/bin")
        {
            return false;
        }
        using (SafeFileHandle? handle = files.Open(path))
        {
            Span<byte> magic = stackalloc byte[4];
            if (handle is null || ExecutableFile.ReadAt(handle, magic, 0) < 4
                || !(magic.SequenceEqual<byte>([0xCA, 0xFE, 0xBA, 0xBE]) || magic.SequenceEqual<byte>([0xCF, 0xFA, 0xED, 0xFE])))
            {
                return false;
            }
        }
        return files.Read(path, LargestStub).Bytes.AsSpan().IndexOf("com.apple.dt.xcode_select.tool-shim"u8) >= 0;
    }

    /// <summary>Whether the name of a link's target can be an interpreter's: a link <c>python</c> to <c>mise</c> is a
    /// shim, in any folder.</summary>
    internal static bool MayBeInterpreter(string real)
    {
        string name = Path.GetFileName(real);
        return name.Contains("python", StringComparison.OrdinalIgnoreCase) || name.Contains("pypy", StringComparison.OrdinalIgnoreCase)
            || name.Contains("graalpy", StringComparison.OrdinalIgnoreCase);
    }
}
