using Pep668.Text;

namespace Pep668.Tests.Text;

public sealed class ConfigParserTests
{
    [Fact]
    public void Sections_inherit_defaults_and_ignore_the_case_of_keys()
    {
        ConfigFile file =
            ConfigParser.Read("[DEFAULT]\nProxy = a\nTimeout: 5\n[global]\ntimeout = 60\nIndex-URL = https://x/\n[DEFAULT]\nretries=1\n");
        Assert.Null(file.Error);
        Assert.Equal(["global"], file.Sections.Keys);
        ConfigSection section = file.Section("global")!;
        Assert.Equal(new ConfigOption("index-url", "Index-URL", "https://x/", 6), section.Find("INDEX-URL"));
        Assert.Equal("a", section.Find("proxy")?.Value);
        Assert.Equal("1", section.Find("retries")?.Value);
        Assert.Equal(["proxy=a", "timeout=60", "retries=1", "index-url=https://x/"],
            section.Options().Select(option => $"{option.Key}={option.Value}"));
        Assert.Equal(["timeout", "index-url"], section.Own.Keys);
        Assert.Null(section.Find("cert"));
        Assert.Null(file.Section("Global"));
        Assert.Null(file.Section("DEFAULT"));
    }

    [Theory]
    [InlineData("[a]\nbad\nk=1\nk=2\nworse\n", "DuplicateOption 4 k")]
    [InlineData("[a]\nbad\nworse\n", "Parsing 2 ")]
    [InlineData("bad\n[a]\n[a]\n", "MissingSectionHeader 1 ")]
    [InlineData("[a]\n[b]\nbad\n[a]\nbad\n", "DuplicateSection 4 a")]
    [InlineData("[a]\n=x\n", "Parsing 2 ")]
    [InlineData("[a]\n=x\n:y\n", "DuplicateOption 3 ")]
    [InlineData("[DEFAULT]\nk=1\n[DEFAULT]\nK=2\n", "DuplicateOption 4 k")]
    [InlineData("[a]\nk=1\nbad\n  k=2\n  bad\n", "Parsing 3 ")]
    [InlineData("[a]\nError-k=1\nError-\u212a=2\n", "DuplicateOption 3 error-k")]
    public void Immediate_error_has_priority_over_collected_errors(string text, string expected)
    {
        ConfigFile file = ConfigParser.Read(text);
        Assert.NotNull(file.Error);
        Assert.Equal(expected, $"{file.Error.Value.Kind} {file.Error.Value.Line} {file.Error.Value.Name}");
        Assert.Empty(file.Sections);
    }
}
