using Pep668.Requirements;

namespace Pep668.Tests.Requirements;

/// <summary>File names of wheels and source archives.</summary>
public sealed class ArchiveNameTests
{
    [Theory]
    [InlineData("a-1.0.tar.gz", true, false)]
    [InlineData("a-1.0.TAR.GZ", true, false)]
    [InlineData("a-1.0-py3-none-any.whl", true, true)]
    [InlineData("a-1.0-py3-none-any.WHL", true, false)]
    [InlineData("a.zip", true, false)]
    [InlineData(".zip", false, false)]
    [InlineData("folder.zip/a", false, false)]
    [InlineData("a.txt", false, false)]
    public void Archive_is_recognized_by_its_extension(string name, bool isArchive, bool isWheel) =>
        Assert.Equal((isArchive, isWheel), (ArchiveName.IsArchive(name), ArchiveName.IsWheel(name)));

    [Theory]
    [InlineData("a_b-1.0-py3-none-any.whl", "a-b==1.0")]
    [InlineData("a-1.0-1x-py3-none-any.whl", "a==1.0")]
    [InlineData("a-1.0-x1-py3-none-any.whl", null)]
    [InlineData("a-1.0.whl", null)]
    [InlineData("-1.0-py3-none-any.whl", null)]
    [InlineData("a-not a version-py3-none-any.whl", null)]
    public void Wheel_name_contains_name_and_version(string name, string? requirement) =>
        Assert.Equal(requirement, ArchiveName.ReadWheel(name)?.ToString());
}
