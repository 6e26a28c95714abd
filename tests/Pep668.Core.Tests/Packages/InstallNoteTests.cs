using Pep668.Packages;

namespace Pep668.Tests.Packages;

/// <summary>The record of an install that did not finish.</summary>
public sealed class InstallNoteTests
{
    [Fact]
    public void Note_that_is_written_is_read_back_with_line_breaks_as_spaces()
    {
        var note = new InstallNote("an install\nof tiny", "again", 12, 34);
        Assert.Equal(note with { What = "an install of tiny" }, InstallNote.Parse(note.ToString()));
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
        Assert.True(new InstallNote("", "", Environment.ProcessId, started).IsAtWork());
        Assert.False(new InstallNote("", "", Environment.ProcessId, started - TimeSpan.TicksPerHour).IsAtWork());
        Assert.False(new InstallNote("", "").IsAtWork());
    }
}
