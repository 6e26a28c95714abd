using Pep668.Pip.Settings;

namespace Pep668.Tests.Pip.Settings;

/// <summary>Differences between releases of pip.</summary>
public sealed class PipReleaseTests
{
    [Theory]
    [InlineData("22.1.2", false, false, false)]
    [InlineData("22.2", true, false, false)]
    [InlineData("22.3", true, true, false)]
    [InlineData("23.0", true, true, false)]
    [InlineData("23.0.1", true, true, true)]
    [InlineData("23.1.dev0", true, true, true)]
    [InlineData("9.0.1", false, false, false)]
    [InlineData(null, true, true, true)]
    [InlineData("unknown", true, true, true)]
    public void Release_has_the_options_of_its_version(string? version, bool hasReport, bool hasPython, bool hasOverride)
    {
        PipRelease release = PipRelease.Parse(version);
        Assert.Equal((hasReport, hasPython, hasOverride), (release.HasReport, release.HasPython, release.HasOverride));
    }
}
