using Pep668.Machines;
using Pep668.Pip.Settings;

namespace Pep668.Tests.Pip.Settings;

/// <summary>The configuration files of pip on each platform.</summary>
public sealed class PipConfigFilesTests : IDisposable
{
    private const string Text = "[global]\nbreak-system-packages = true\n";

    private readonly World _world = new World().Python("/usr", "3.12.3");

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(nameof(Platform.MacOS), "/Library/Application Support/pip/pip.conf", "24.0", "GlobalFile")]
    [InlineData(nameof(Platform.MacOS), "/home/user/.config/pip/pip.conf", "24.0", "UserFile")]
    [InlineData(nameof(Platform.MacOS), "/home/user/Library/Application Support/pip/pip.conf", "24.0", "UserFile")]
    [InlineData(nameof(Platform.MacOS), "/etc/pip.conf", "24.0", null)]
    [InlineData(nameof(Platform.MacOS), "/etc/xdg/pip/pip.conf", "24.0", null)]
    [InlineData(nameof(Platform.MacOS), "/xdg/pip/pip.conf", "24.0", null)]
    [InlineData(nameof(Platform.Windows), "/ProgramData/pip/pip.ini", "24.0", "GlobalFile")]
    [InlineData(nameof(Platform.Windows), "/home/user/pip/pip.ini", "24.0", "UserFile")]
    [InlineData(nameof(Platform.Windows), "/Roaming/pip/pip.ini", "24.0", "UserFile")]
    [InlineData(nameof(Platform.Windows), "/usr/pip.ini", "24.0", "SiteFile")]
    [InlineData(nameof(Platform.Windows), "/usr/pip.conf", "24.0", null)]
    [InlineData(nameof(Platform.Linux), "/xdg/pip/pip.conf", "24.0", "UserFile")]
    [InlineData(nameof(Platform.Linux), "/etc/xdg/pip/pip.conf", "24.0", "GlobalFile")]
    [InlineData(nameof(Platform.Linux), "/usr/pip.conf", "24.0", "SiteFile")]
    [InlineData(nameof(Platform.Linux), "/usr/pip.ini", "24.0", null)]
    public void Configuration_files_are_those_of_the_platform(string platform, string path, string pip, string? source)
    {
        _world.Write("/usr/lib/python3.12/site-packages/pip/__init__.py", $"__version__ = '{pip}'\n").Write(path, Text)
            .Set("ProgramData", "/ProgramData").Set("APPDATA", "/Roaming").Set("XDG_CONFIG_HOME", "/xdg");
        Machine machine = _world.Machine with { Platform = Enum.Parse<Platform>(platform) };
        PipSettings settings = PipSettings.Read(machine, _world.Read("/usr/bin/python3"));
        Assert.Equal(source, settings.Effective("install", "break-system-packages")?.Source.ToString());
    }
}
