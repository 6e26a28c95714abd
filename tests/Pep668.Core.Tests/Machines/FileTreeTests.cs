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
    public void Search_folder_by_folder_gives_the_same_as_the_kernel()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs openat2");
        string root = Path.Combine(_folder.FullName, "root");
        Directory.CreateDirectory(Path.Combine(root, "a/b/c"));
        File.WriteAllText(Path.Combine(root, "a/b/file"), "text");
        foreach ((string name, string target) in ((string, string)[])[("abs", "/a/b"), ("a/rel", "b/../b/./c"), ("a/up", "../../../a"),
            ("out", "../../etc"), ("loop", "loop"), ("a/dangling", "nowhere"), ("a/b/file-link", "/abs/file"), ("slash", "/"),
            ("chain", "abs/../../abs/file"), ("under-file", "a/b/file/x")])
        {
            File.CreateSymbolicLink(Path.Combine(root, name), target);
        }
        RootFolder kernel = RootFolder.Open(root)!, walk = RootFolder.Open(root, walksOnly: true)!;
        Assert.False(walk.HasCall);
        Assert.SkipUnless(kernel.HasCall, "the kernel has no openat2, or a sandbox refuses it");
        string[] names = ["a", "b", "c", "abs", "rel", "up", "out", "loop", "dangling", "file", "file-link", "slash", "chain", "missing",
            "under-file"];
        int found = 0;
        foreach (string path in (string[])["/", .. names.Select(one => "/" + one), .. names.SelectMany(
            one => names.Select(other => $"/{one}/{other}")), .. names.SelectMany(one => names.Select(other => $"/a/{one}/{other}"))])
        {
            Assert.Equal(kernel.Stat(path, follow: true), walk.Stat(path, follow: true));
            Assert.Equal(kernel.Stat(path, follow: false), walk.Stat(path, follow: false));
            Assert.Equal(kernel.RealPath(path), walk.RealPath(path));
            Assert.Equal(kernel.ReadLink(path), walk.ReadLink(path));
            int one = kernel.OpenToRead(path), other = walk.OpenToRead(path);
            Assert.Equal(one < 0, other < 0);
            if (one >= 0)
            {
                Assert.True(NativeFile.Stat(one).IsSameFile(NativeFile.Stat(other)), path);
                found++;
                PosixCalls.Close(one);
                PosixCalls.Close(other);
            }
        }
        Assert.True(found > 20, $"only {found} paths exist");
    }

    [Fact]
    public void Files_below_a_root_that_are_not_regular_are_not_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a FIFO needs POSIX");
        Tool.Run("mkfifo", [Path.Combine(_folder.FullName, "fifo")]);
        foreach (FileTree files in (FileTree[])[FileTree.Under(_folder.FullName), FileTree.Host])
        {
            string path = files.Root is null ? Path.Combine(_folder.FullName, "fifo") : "/fifo";
            Assert.Equal("it is not a regular file", files.Read(path).Problem);
            Assert.Null(files.Open(path));
        }
    }

    [Theory]
    [InlineData("/proc/sys/kernel/osrelease")]
    [InlineData("/proc/cpuinfo")]
    [InlineData("/proc/kallsyms")]
    public void Files_of_the_kernel_that_have_no_size_are_read(string path)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && File.Exists(path), "needs /proc");
        Assert.Equal(0, FileTree.Host.Stat(path).Size);
        string text = File.ReadAllText(path);
        Assert.Equal(text.Length, FileTree.Host.ReadText(path, 64 << 20)?.Length);
        Assert.Equal(text.Length, FileTree.Under("/").ReadText(path, 64 << 20)?.Length);
        Assert.Equal("it is larger than 8 bytes", FileTree.Host.Read(path, 8).Problem);
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
