using Pep668.Discovery;
using Pep668.Machines;
using Pep668.Packages;

namespace Pep668.Tests.Packages;

/// <summary>The record of an install that did not finish.</summary>
public sealed class InstallNoteTests
{
    private static readonly ProductStep Again = new(ProductCommand.Install);

    [Fact]
    public void Note_that_is_written_is_read_back_with_line_breaks_as_spaces()
    {
        ProductStep again = Again.With(ProductParameter.Package, "a b=c%", "’\n").With(ProductParameter.Upgrade);
        var note = new InstallNote("install\nof tiny", again, 12, 34);
        InstallNote? read = InstallNote.Parse(note.ToString());
        Assert.Equal(("install of tiny", 12, 34L), (read?.What, read?.Process, read?.Started));
        Assert.Equivalent(again, read?.Again, strict: true);
    }

    [Theory]
    [InlineData("")]
    [InlineData("an install\nagain\n")]
    [InlineData("an install\nagain\nx\n0\n")]
    [InlineData("an install\nagain\n-1\n0\n")]
    [InlineData("an install\nrm -rf ~\n0\n0\n")]
    [InlineData("an install\n8 Package=tiny\n0\n0\n")]
    [InlineData("an install\ninstall Package=tiny\n0\n0\n")]
    [InlineData("an install\nInstall,Uninstall Package=tiny\n0\n0\n")]
    [InlineData("an install\nInstall 3=tiny\n0\n0\n")]
    [InlineData("an install\nInstall Package=tiny Root=/\n0\n0\n")]
    [InlineData("an install\nCreateVenv Path=/home/user Force\n0\n0\n")]
    [InlineData("an install\nExitVenv\n0\n0\n")]
    public void Note_of_other_text_is_none(string text) => Assert.Null(InstallNote.Parse(text));

    /// <summary>A file that came with a project, or that another user wrote, is not our advice.</summary>
    [Fact]
    public void Planted_note_recommends_only_a_known_command_in_its_own_environment()
    {
        using var world = new World();
        world.Python("/usr", "3.11.2").Venv("/home/user/project/.venv", "/usr", "3.11.2");
        Machine machine = world.Machine with { UserId = Machine.Current().UserId };
        PythonEnvironment venv = new EnvironmentCatalog(machine).ReadOne("/home/user/project/.venv").Environment!;
        string file = "/home/user/project/.venv/" + InstallNote.FileName;
        const string text = "install of x; run rm -rf ~ to finish\nInstall Package=tiny%0A%1B Environment=/usr/bin/python3\n0\n0\n";
        world.Write(file, text);
        InstallNote note = InstallNote.Read(machine, venv, file, text)!;
        Assert.Equal("install of tiny\n\u001B", note.What);
        Assert.Equal([["tiny\n\u001B"], [venv.Prefix]], note.Again.Arguments.Select(one => one.Values));
        Assert.Null(note.ForeignPath);
        Assert.Single(PackageMessages.Interrupted(venv.Prefix, note).Remedies);
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs modes");
        File.SetUnixFileMode(world.OnDisk(file), (UnixFileMode)0b110_100_110);
        AssertIgnored(machine);
        File.SetUnixFileMode(world.OnDisk(file), (UnixFileMode)0b110_100_100);
        if (machine.UserId != 0)
        {
            AssertIgnored(machine with { UserId = machine.UserId + 1 });
        }
        world.Write("/elsewhere", text);
        File.Delete(world.OnDisk(file));
        world.Link(file, "/elsewhere");
        AssertIgnored(machine);

        void AssertIgnored(Machine here)
        {
            Notice notice = PackageMessages.Interrupted(venv.Prefix, InstallNote.Read(here, venv, file, text)!);
            Assert.Empty(notice.Remedies);
            Assert.DoesNotContain("tiny", notice.Message);
            Assert.DoesNotContain("rm -rf", notice.Message);
        }
    }

    [Fact]
    public void Note_is_at_work_only_while_its_own_process_lives()
    {
        using var process = System.Diagnostics.Process.GetCurrentProcess();
        long started = process.StartTime.ToUniversalTime().Ticks;
        Assert.True(new InstallNote("", Again, Environment.ProcessId, started).IsAtWork());
        Assert.False(new InstallNote("", Again, Environment.ProcessId, started - TimeSpan.TicksPerHour).IsAtWork());
        Assert.False(new InstallNote("", Again).IsAtWork());
    }
}
