using Pep668.Packages;

namespace Pep668.Tests.Packages;

/// <summary>Names of <c>.dist-info</c> folders.</summary>
public sealed class DistInfoNameTests
{
    [Theory]
    [InlineData("pip-24.0.dist-info", "pip", "24.0")]
    [InlineData("zope.interface-6.1.dist-info", "zope.interface", "6.1")]
    [InlineData("typing_extensions-4.8.0.dist-info", "typing-extensions", "4.8.0")]
    [InlineData("name.dist-info", "name", null)]
    [InlineData("name-1.0-2.dist-info", "name", null)]
    public void DistInfoName_is_split_into_name_and_version(string folder, string name, string? version) =>
        Assert.Equal(new DistInfoName(folder, name, version), DistInfoName.Parse(folder));

    [Theory]
    [InlineData("~ip-24.0.dist-info")]
    [InlineData("pip-24.0.egg-info")]
    [InlineData("pip")]
    public void DistInfoName_of_another_form_is_ignored(string folder) => Assert.Null(DistInfoName.Parse(folder));
}
