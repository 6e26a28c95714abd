using Pep668.Discovery.Locators;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>The folders of environments in a <c>.condarc</c>.</summary>
public sealed class CondaConfigTests
{
    [Theory]
    [InlineData("envs_dirs:\n  - /one\n  - '/two'\n", "/one|/two")]
    [InlineData("envs_path:\n- /one # first\n# comment\n- \"/two#\"\n", "/one|/two#")]
    [InlineData("envs_dirs: [/one, \"/two\"]\n", "/one|/two")]
    [InlineData("'envs_dirs':\n  - /one\nchannels:\n  - conda-forge\n", "/one")]
    [InlineData("other:\n  envs_dirs:\n    - /one\n", "")]
    [InlineData("envs_dirs:\n  -\n", "")]
    [InlineData(null, "")]
    public void Folders_are_the_items_of_the_list(string? text, string folders) =>
        Assert.Equal(folders, string.Join('|', CondaConfig.EnvironmentFolders(text)));
}
