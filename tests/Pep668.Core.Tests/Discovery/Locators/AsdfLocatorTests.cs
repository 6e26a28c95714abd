using Pep668.Discovery;
using Pep668.Environments;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees and shims as asdf's <c>internal/installs</c> and <c>internal/shims</c> write them.</summary>
public sealed class AsdfLocatorTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    private World Install(string root, params string[] versions)
    {
        foreach (string version in versions)
        {
            _world.Python($"{root}/installs/python/{version}", version);
        }
        // 0.16 and later; earlier versions write the path of asdf itself.
        return _world.Write($"{root}/shims/python3",
            "#!/usr/bin/env bash\n# asdf-plugin: python 3.12.1\nexec asdf exec \"python3\" \"$@\"", executable: true)
            .Write($"{root}/shims/python",
                $"#!/usr/bin/env bash\n# asdf-plugin: python 3.12.1\nexec {root}/bin/asdf exec \"python\" \"$@\" # asdf_allow: ' asdf '\n",
                executable: true)
            .Set("PATH", $"{root}/shims:/usr/bin");
    }

    [Theory]
    [InlineData("/home/user/.asdf", false)]
    [InlineData("/srv/asdf", true)]
    public void Asdf_versions_in_its_data_folder_are_found(string root, bool named)
    {
        Install(root, "3.12.1", "3.11.7");
        if (named)
        {
            _world.Set("ASDF_DATA_DIR", root);
        }
        EnvironmentCatalog catalog = _world.OnLinux();
        Assert.Equal(["3.11.7", "3.12.1"], catalog.All.Select(one => one.Name));
        Assert.All(catalog.All, one => Assert.Equal(PythonManager.Asdf, one.Manager));
        Assert.All(catalog.All, one => catalog.AssertSameFromEachPath(one));
        Assert.DoesNotContain(catalog.All.SelectMany(one => one.Aliases), path => path.Contains("shims"));
    }

    [Fact]
    public void Asdf_data_folder_behind_a_link_is_recognized()
    {
        Install("/data/asdf", "3.12.1").Link("/home/user/.asdf", "/data/asdf");
        Assert.Equal((PythonManager.Asdf, "3.12.1"), Assert.Single(_world.OnLinux().All.Select(one => (one.Manager, one.Name))));
    }

    [Theory]
    [InlineData("nodejs 20\npython 3.11.7 3.12.1 # both\npython 3.12.1\n", "3.11.7")]
    [InlineData("python 3.9.9 3.12.1\n", "3.12.1")]
    [InlineData("python system 3.12.1\n", "3.12.1")]
    [InlineData("python system\n", "3.10.4")]
    [InlineData("python path:/opt/py\n", "3.13.0")]
    [InlineData("python ref:v3.14.0\n", "3.14.0")]
    [InlineData("python\n", "3.12.1")] // names none: the file at home
    [InlineData("python ../../../../opt/py\n", "3.10.4")]
    public void Asdf_shim_starts_the_version_in_the_nearest_tool_versions_file(string file, string version)
    {
        Install("/home/user/.asdf", "3.12.1", "3.11.7").Python("/usr", "3.10.4").Python("/opt/py", "3.13.0")
            .Python("/home/user/.asdf/installs/python/ref-v3.14.0", "3.14.0")
            .Write("/home/user/project/.tool-versions", file).Write("/home/user/.tool-versions", "python 3.12.1\n");
        Assert.Equal(version, Assert.Single(_world.OnLinux().All, one => one.IsDefault).Version);
    }

    [Fact]
    public void Asdf_variables_override_the_tool_versions_file_in_the_home_folder()
    {
        Install("/home/user/.asdf", "3.12.1", "3.11.7", "3.10.1").Write("/home/user/.tool-versions", "python 3.12.1\n")
            .Write("/srv/versions", "python 3.11.7\n");
        _world.CurrentDirectory = "/srv";
        Assert.Equal("3.12.1", _world.OnLinux().Identify("/home/user/.asdf/shims/python3").Environment!.Version);
        _world.Set("ASDF_TOOL_VERSIONS_FILENAME", "versions");
        Assert.Equal("3.11.7", _world.OnLinux().Identify("/home/user/.asdf/shims/python3").Environment!.Version);
        _world.Set("ASDF_PYTHON_VERSION", "3.9.1 3.10.1");
        Assert.Equal("3.10.1", _world.OnLinux().Identify("/home/user/.asdf/shims/python3").Environment!.Version);
    }
}
