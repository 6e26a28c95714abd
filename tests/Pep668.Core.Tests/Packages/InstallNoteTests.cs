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
    public void Note_of_other_text_is_none(string text) => Assert.Null(InstallNote.Parse(text));

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
