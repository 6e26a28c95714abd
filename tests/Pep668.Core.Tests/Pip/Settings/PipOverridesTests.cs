using Pep668.Environments;
using Pep668.Machines;
using Pep668.Pip.Settings;

namespace Pep668.Tests.Pip.Settings;

/// <summary>Every source of an override, on this machine and in an image.</summary>
public sealed class PipOverridesTests : IDisposable
{
    private const string On = "[global]\nbreak-system-packages = true\n";
    private const string Off = "[global]\nbreak-system-packages = false\n";

    private readonly World _world = new();

    public PipOverridesTests() =>
        _world.Python("/usr", "3.12.3", "[externally-managed]\nError=use apt\n")
            .Write("/usr/lib/python3.12/site-packages/pip/__init__.py", "__version__ = '24.0'\n");

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Override_in_etc_of_a_runner_image_is_found()
    {
        _world.Write("/etc/pip.conf", On);
        PipOverride found = Assert.Single(Find(Machine.Under(_world.Folder)).Overrides);
        Assert.Equal("pip GlobalFile /etc/pip.conf global.break-system-packages true True 1", Show(found));
    }

    [Fact]
    public void Overrides_of_each_user_of_an_image_are_ranked_separately()
    {
        _world.Write("/etc/xdg/pip/pip.conf", On).Write("/root/.config/pip/pip.conf", Off)
            .Write("/home/ann/.pip/pip.conf", "[install]\nbreak-system-packages = 1\n")
            .Write("/home/ann/.config/uv/uv.toml", "pip.break-system-packages = true\n")
            .Write("/home/ben/.config/pip/pip.conf", "[global]\nbreak-system-packages =\n")
            .Write("/etc/uv/uv.toml", "[pip]\nbreak-system-packages = false\n");
        Assert.Equal(
        [
            "pip UserFile /home/ann/.pip/pip.conf install.break-system-packages 1 True",
            "pip UserFile /home/ben/.config/pip/pip.conf global.break-system-packages  False",
            "pip UserFile /root/.config/pip/pip.conf global.break-system-packages false False",
            "pip GlobalFile /etc/xdg/pip/pip.conf global.break-system-packages true True", // for uninstalling, and for whoever has no file
            "uv UvFile /home/ann/.config/uv/uv.toml pip.break-system-packages true True",
            "uv UvFile /etc/uv/uv.toml pip.break-system-packages false False",
        ],
        Find(Machine.Under(_world.Folder)).Overrides.Select(one => Show(one)[..^2])
            .Order(Comparer<string>.Create((a, b) => string.CompareOrdinal(Rank(a), Rank(b)))));

        static string Rank(string text) => (text.StartsWith("uv", StringComparison.Ordinal) ? "1" : "0") +
            (text.Contains("/etc/", StringComparison.Ordinal) ? "1" : "0") + text;
    }

    [Fact]
    public void Override_ranks_start_at_the_strongest_for_each_tool()
    {
        _world.Write("/etc/pip.conf", Off).Write("/home/user/.config/pip/pip.conf", On)
            .Write("/usr/pip.conf", "[install]\nbreak-system-packages = 0\n")
            .Write("/home/user/project/uv.toml", "pip.break-system-packages = true\n").Set("PIP_BREAK_SYSTEM_PACKAGES", "yes")
            .Set("UV_BREAK_SYSTEM_PACKAGES", "1");
        Assert.Equal(
        [
            "pip EnvironmentVariable  PIP_BREAK_SYSTEM_PACKAGES yes True 1",
            "pip SiteFile /usr/pip.conf install.break-system-packages 0 False 2",
            "pip UserFile /home/user/.config/pip/pip.conf global.break-system-packages true False 3",
            "pip GlobalFile /etc/pip.conf global.break-system-packages false False 4",
            "uv EnvironmentVariable  UV_BREAK_SYSTEM_PACKAGES 1 True 1",
            "uv UvFile /home/user/project/uv.toml pip.break-system-packages true False 2",
        ],
        Find(_world.Machine).Overrides.Select(Show));
    }

    [Theory]
    [InlineData("22.3.1", false)]
    [InlineData("23.0", false)]
    [InlineData("23.0.1", true)]
    [InlineData("25.3", true)]
    [InlineData("26.2.dev0", true)]
    public void Override_has_no_effect_on_a_pip_without_the_option(string version, bool isEffective)
    {
        _world.Write("/usr/lib/python3.12/site-packages/pip/__init__.py", $"__version__ = '{version}'\n")
            .Set("PIP_BREAK_SYSTEM_PACKAGES", "1");
        Assert.Equal(isEffective, Assert.Single(Find(_world.Machine).Overrides).IsEffective);
    }

    [Fact]
    public void Overrides_without_an_environment_omit_its_own_file()
    {
        _world.Write("/usr/pip.conf", On).Write("/etc/pip.conf", On);
        Assert.Equal("/etc/pip.conf", Assert.Single(PipOverrides.Find(_world.Machine, null).Overrides).Path);
    }

    [Fact]
    public void Overrides_below_a_root_are_not_read_outside()
    {
        string outside = Directory.CreateTempSubdirectory("pep668-outside-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(outside, "pip.conf"), On);
            _world.Link("/etc/pip.conf", Path.Combine(outside, "pip.conf"));
            Assert.Empty(Find(Machine.Under(_world.Folder)).Overrides);
            _world.Link("/etc/pip.conf", "/../../opt/pip.conf").Write("/opt/pip.conf", On);
            Assert.Equal("/etc/pip.conf", Assert.Single(Find(Machine.Under(_world.Folder)).Overrides).Path);
        }
        finally
        {
            Directory.Delete(outside, recursive: true);
        }
    }

    [Fact]
    public void Configuration_file_that_stops_pip_is_a_problem_and_hides_no_override()
    {
        _world.Write("/home/user/.pip/pip.conf", "nonsense\n").Write("/etc/pip.conf", On);
        PipOverrideList list = Find(_world.Machine);
        Assert.Equal("pip cannot read '/home/user/.pip/pip.conf': Line 1: text before the first section header.",
            Assert.Single(list.Problems));
        Assert.False(Assert.Single(list.Overrides).IsEffective);
    }

    private PipOverrideList Find(Machine machine) => PipOverrides.Find(machine, Usr());

    private PythonEnvironment Usr() => new EnvironmentReader(FileTree.Under(_world.Folder)).Read("/usr/bin/python3").Environment!;

    private static string Show(PipOverride one) =>
        $"{one.Tool} {one.Source} {one.Path} {one.Setting} {one.Value} {one.IsEffective} {one.Precedence}";
}
