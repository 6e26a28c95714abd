using System.Text;

namespace Pep668.Machines;

/// <summary>
/// Changes single files and folders of this machine; <see cref="FileTree"/> reads, and <c>Staging</c> replaces trees.
/// </summary>
internal static class HostFiles
{
    /// <summary>Creates a folder and its parents, unless it exists.</summary>
    internal static void CreateFolder(string path) => Directory.CreateDirectory(path);

    /// <summary>Creates a folder and its parents, unless it exists: on POSIX with the mode 0700.</summary>
    internal static void CreatePrivateFolder(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Writes a file, which may exist.</summary>
    internal static void Write(string path, byte[] content) => File.WriteAllBytes(path, content);

    /// <summary>Writes a file, which may exist.</summary>
    internal static void Write(string path, string text) => File.WriteAllText(path, text);

    /// <summary>Writes a file that does not exist yet: on POSIX with the mode 0600.</summary>
    internal static void WritePrivate(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        using var stream = new FileStream(path, options);
        stream.Write(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>Gives a file another name in one step, in place of the file that has it.</summary>
    internal static void Replace(string source, string target) => File.Move(source, target, overwrite: true);

    /// <summary>Deletes a file, unless it is missing.</summary>
    internal static void Delete(string path) => File.Delete(path);

    /// <summary>Deletes a folder with everything in it.</summary>
    internal static void DeleteTree(string path) => Directory.Delete(path, recursive: true);
}
