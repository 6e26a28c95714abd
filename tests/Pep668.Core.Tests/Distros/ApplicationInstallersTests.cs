using Pep668.Distros;
using Pep668.Machines;

namespace Pep668.Tests.Distros;

/// <summary>The commands that get pipx and uv, on each family of distributions.</summary>
public sealed class ApplicationInstallersTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("ID=debian", "sudo apt install pipx", "sudo apt install pipx && pipx install uv")]
    [InlineData("ID=linuxmint\nID_LIKE=\"ubuntu debian\"", "sudo apt install pipx", "sudo apt install pipx && pipx install uv")]
    [InlineData("ID=fedora", "sudo dnf install pipx", "sudo dnf install uv")]
    [InlineData("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"",
        "sudo dnf install pipx; python3 -m pip install --user pipx", "sudo dnf install pipx && pipx install uv")]
    [InlineData("ID=arch", "sudo pacman -S python-pipx", "sudo pacman -S uv")]
    [InlineData("ID=manjaro\nID_LIKE=arch", "sudo pacman -S python-pipx", "sudo pacman -S uv")]
    [InlineData("ID=alpine", "sudo apk add pipx", "sudo apk add uv")]
    [InlineData("ID=\"opensuse-tumbleweed\"\nID_LIKE=\"opensuse suse\"",
        "sudo zypper install python3-pipx", "sudo zypper install python3-pipx && pipx install uv")]
    [InlineData("ID=void", "sudo xbps-install python3-pipx", "sudo xbps-install uv")]
    [InlineData("ID=gentoo", "sudo emerge dev-python/pipx", "sudo emerge dev-python/uv")]
    [InlineData("ID=other", "python3 -m pip install --user pipx", "python3 -m pip install --user uv")]
    public void Distribution_has_its_own_commands(string release, string pipx, string uv)
    {
        Machine machine = _world.Write("/etc/os-release", release + "\n").Machine with { UserId = 1000 };
        Assert.Equal(pipx, string.Join("; ", ApplicationInstallers.Pipx(machine).PosixCommands()));
        Assert.Equal(uv, string.Join("; ", ApplicationInstallers.Uv(machine).PosixCommands()));
        Assert.Equal(pipx.Replace("sudo ", ""), string.Join("; ", ApplicationInstallers.Pipx(machine with { UserId = 0 }).PosixCommands()));
    }

    [Theory]
    [InlineData(nameof(Platform.MacOS), "brew install pipx", "brew install uv")]
    [InlineData(nameof(Platform.Windows), "py -m pip install --user pipx", "winget install --id=astral-sh.uv -e")]
    public void Other_system_has_its_own_commands(string platform, string pipx, string uv)
    {
        Machine machine = _world.Machine with { Platform = Enum.Parse<Platform>(platform), UserId = 501 };
        Assert.Equal([pipx], ApplicationInstallers.Pipx(machine).PosixCommands());
        Assert.Equal([uv], ApplicationInstallers.Uv(machine).PosixCommands());
    }

    [Fact]
    public void System_that_cannot_be_written_uses_Homebrew_or_a_layer()
    {
        _world.Write("/etc/os-release", "ID=fedora\nVARIANT_ID=silverblue\n").Write("/run/ostree-booted", "").UserId = 1000;
        Assert.Equal(["sudo rpm-ostree install pipx"], ApplicationInstallers.Pipx(_world.Machine).PosixCommands());
        _world.Write("/home/linuxbrew/.linuxbrew/bin/brew", "", executable: true).Set("PATH", "/home/linuxbrew/.linuxbrew/bin:/usr/bin");
        Assert.Equal(["brew install pipx"], ApplicationInstallers.Pipx(_world.Machine).PosixCommands());
    }

    [Fact]
    public void Uv_is_installed_with_a_pipx_that_is_there()
    {
        _world.Write("/etc/os-release", "ID=debian\n").Write("/usr/bin/pipx", "", executable: true);
        Assert.Equal(["pipx install uv"], ApplicationInstallers.Uv(_world.Machine).PosixCommands());
    }
}
