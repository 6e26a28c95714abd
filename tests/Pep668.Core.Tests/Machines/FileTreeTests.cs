using Pep668.Machines;

namespace Pep668.Tests.Machines;

public sealed class FileTreeTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pep668-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Links_below_a_root_do_not_leave_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links as an ordinary user need POSIX");
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "usr/lib"));
        File.WriteAllText(Path.Combine(_folder.FullName, "usr/lib/inside"), "inside");
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "absolute"), "/usr/lib/inside");
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "upward"), "../../../../etc/passwd");
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "lib"), "usr/lib");
        File.CreateSymbolicLink(Path.Combine(_folder.FullName, "loop"), "loop");
        FileTree files = FileTree.Under(_folder.FullName);

        Assert.Equal("inside", files.ReadText("/absolute"));
        Assert.Equal("inside", files.ReadText("/lib/inside"));
        Assert.Equal("/usr/lib/inside", files.RealPath("/lib/../lib/inside"));
        Assert.Equal("/usr/lib/inside", files.RealPath("/absolute"));
        Assert.Null(files.ReadText("/upward"));
        Assert.Null(files.RealPath("/loop"));
        Assert.Equal(FileKind.Missing, files.Stat("/etc/passwd").Kind);
        Assert.Equal(FileKind.Link, files.LinkStat("/upward").Kind);
        Assert.Equal("../../../../etc/passwd", files.ReadLink("/upward"));
        Assert.False(files.IsDenied("/upward"));
    }

    [Fact]
    public void Real_paths_equal_those_of_the_system()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "compares with realpath(1)");
        string[] paths = ["/bin/sh", "/usr/bin/python3", "/proc/self/../1", "/lib64", "/usr/../usr/./bin", "/nonexistent/x"];
        foreach (string path in paths.Where(path => File.Exists(path) || Directory.Exists(path)))
        {
            Assert.Equal(Tool.Run("realpath", [path]).Output.TrimEnd('\n'), FileTree.Host.RealPath(path));
        }
        Assert.Null(FileTree.Host.RealPath("/nonexistent/x"));
    }
}
