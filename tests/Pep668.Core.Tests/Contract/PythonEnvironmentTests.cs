namespace Pep668.Tests.Contract;

/// <summary>When two readings are one environment, and what a table shows.</summary>
public sealed class PythonEnvironmentTests
{
    private static readonly PythonEnvironment Usr = new()
    {
        Name = "python3.11", Prefix = "/usr", StdLib = "/usr/lib/python3.11", Executable = "/usr/bin/python3.11",
    };

    [Fact]
    public void Readings_of_one_environment_are_equal_whatever_else_has_changed()
    {
        PythonEnvironment again = Usr with
        {
            Executable = "/usr/bin/python3", PipVersion = "24.2", IsActive = true, FoundBy = ["Given"], Aliases = ["/bin/python3"],
        };
        Assert.True(Usr == again);
        Assert.Equal(Usr.GetHashCode(), again.GetHashCode());
        Assert.Single(new[] { Usr, again }.Distinct());
    }

    [Fact]
    public void Environments_with_another_prefix_library_or_root_differ()
    {
        PythonEnvironment[] others =
        [
            Usr with { StdLib = "/usr/lib/python3.12" }, Usr with { Prefix = "/opt" }, Usr with { Root = "/mnt/image" },
            Usr with { IsFreeThreaded = true }, Usr with { Prefix = "/USR" },
        ];
        Assert.All(others, other => Assert.False(other == Usr));
        Assert.Equal(others.Length, others.Distinct().Count());
    }

    [Theory]
    [InlineData(@"C:\Python311", @"c:\python311")]
    [InlineData(@"\\server\share\Python", @"\\SERVER\share\python")]
    public void Folders_of_Windows_are_equal_in_any_case(string first, string second) =>
        Assert.True(Usr with { Prefix = first, StdLib = first + @"\Lib" } == Usr with { Prefix = second, StdLib = second + @"\lib" });

    [Fact]
    public void State_is_the_most_important_one()
    {
        PythonEnvironment all = Usr with { Health = EnvironmentHealth.Broken, IsActive = true, FoundBy = ["Upward"], IsDefault = true };
        Assert.Equal("broken", all.State);
        Assert.Equal("active", (all = all with { Health = EnvironmentHealth.Healthy }).State);
        Assert.Equal("nearest", (all = all with { IsActive = false }).State);
        Assert.Equal("default", (all = all with { FoundBy = ["SearchPath"] }).State);
        Assert.Equal("", (all with { IsDefault = false }).State);
    }
}
