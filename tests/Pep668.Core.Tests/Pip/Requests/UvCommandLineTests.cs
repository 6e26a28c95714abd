using Pep668.Pip.Requests;

namespace Pep668.Tests.Pip.Requests;

/// <summary>The arguments of <c>uv pip</c>, as clap reads them.</summary>
public sealed class UvCommandLineTests
{
    [Theory]
    [InlineData("--target there", "target", "there")]
    [InlineData("--target=there", "target", "there")]
    [InlineData("--targ there", "target", null)]
    [InlineData("-p 3.12", "python", "3.12")]
    [InlineData("-p=3.12", "python", "3.12")]
    [InlineData("-Up3.12", "python", "3.12")]
    [InlineData("-r -p", "python", null)]
    [InlineData("-- --target there", "target", null)]
    [InlineData("--break-system-packages", "break-system-packages", "")]
    [InlineData("--break-system-packages --no-break-system-packages", "break-system-packages", null)]
    public void Option_has_the_value_that_clap_reads(string arguments, string option, string? value) =>
        Assert.Equal(value, UvCommandLine.Parse(arguments.Split(' '))[option]);
}
