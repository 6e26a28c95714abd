using Pep668.Machines;

namespace Pep668.Tests.Machines;

/// <summary>Who can change a file.</summary>
public sealed class FileTrustTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-trust-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("755", true)]
    [InlineData("775", true)] // the group of the same number without other members
    [InlineData("777", false)]
    [InlineData("1777", false)]
    [InlineData("757", false)]
    public void Folder_is_trusted_by_its_mode(string mode, bool expected)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes need POSIX");
        string path = Make("folder", mode);
        if (Environment.IsPrivilegedProcess)
        {
            Tool.Run("chown", ["0:0", path]);
        }
        else
        {
            Assert.SkipUnless(Tool.Run("id", ["-u"]).Output == Tool.Run("id", ["-g"]).Output, "needs a private group");
        }
        Assert.Equal(expected, FileTrust.IsTrusted(Machine.Current(), path));
    }

    [Fact]
    public void Folder_of_another_user_or_of_a_group_with_members_is_not_trusted()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "needs root, to act as two users");
        string path = Make("folder", "755");
        Tool.Run("chown", ["1234:1234", path]);
        Assert.False(FileTrust.IsTrusted(Machine.Current(), path));
        Assert.True(FileTrust.IsTrusted(Machine.Current() with { UserId = 1234 }, path));
        Tool.Run("chmod", ["775", path]);
        Assert.True(FileTrust.IsTrusted(Machine.Current() with { UserId = 1234 }, path));
        Tool.Run("chown", ["1234:100", path]);
        Assert.False(FileTrust.IsTrusted(Machine.Current() with { UserId = 1234 }, path));
    }

    [Theory]
    [InlineData("1234:x:1234:", "a:x:1234:1234::/:", true)]
    [InlineData("grp:x:1234:a", "a:x:1234:1234::/:", true)]
    [InlineData("grp:x:1234:a,b", "a:x:1234:1234::/:", false)]
    [InlineData("grp:x:1234:", "a:x:1234:1234::/:\nb:x:1300:1234::/:", false)]
    public void Private_group_has_no_other_members(string group, string passwd, bool expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "needs root, to act as two users");
        Directory.CreateDirectory(Path.Combine(_folder, "etc"));
        File.WriteAllText(Path.Combine(_folder, "etc", "group"), "root:x:0:\n" + group + "\n");
        File.WriteAllText(Path.Combine(_folder, "etc", "passwd"), "root:x:0:0::/:\n" + passwd + "\n");
        Tool.Run("chown", ["1234:1234", Make("folder", "775")]);
        Machine machine = Machine.Current() with { Files = FileTree.Under(_folder), UserId = 1234 };
        Assert.Equal(expected, FileTrust.IsTrusted(machine, "/folder"));
    }

    [Theory]
    [InlineData("drvfs", true)]
    [InlineData("9p", true)]
    [InlineData("vfat", true)]
    [InlineData("ext4", false)]
    public void Write_access_on_a_file_system_without_modes_does_not_count(string type, bool expected)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the mount table is Linux's");
        string path = Make("folder", "777");
        ulong device = FileTree.Host.Stat(path).Device;
        Directory.CreateDirectory(Path.Combine(_folder, "proc/self"));
        File.WriteAllText(Path.Combine(_folder, "proc/self/mountinfo"),
            $"1 0 {device >> 32}:{(uint)device} / / rw,noatime shared:1 - {type} none rw\n");
        Assert.Equal(expected, FileTrust.IsTrusted(Machine.Current() with { Files = FileTree.Under(_folder) }, "/folder"));
    }

    [Fact]
    public void Folder_below_one_that_others_can_write_is_not_safe()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes need POSIX");
        string inner = Path.Combine(Make("outer", "755"), "inner");
        Directory.CreateDirectory(inner);
        Assert.Equal(inner, FileTrust.SafeFolder(inner));
        Make("outer", "777");
        Assert.Null(FileTrust.SafeFolder(inner));
        Make("outer", "1777");
        Assert.Equal(inner, FileTrust.SafeFolder(inner));
        Assert.Null(FileTrust.SafeFolder(Path.Combine(_folder, "missing")));
    }

    private string Make(string name, string mode)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(path);
        Tool.Run("chmod", [mode, path]);
        return path;
    }
}
