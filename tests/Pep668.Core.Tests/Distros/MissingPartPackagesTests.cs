using Pep668.Discovery;
using Pep668.Distros;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Venvs.Creation;

namespace Pep668.Tests.Distros;

/// <summary>The package of a distribution that contains the missing wheel of pip.</summary>
public sealed class MissingPartPackagesTests : IDisposable
{
    private readonly World _world = new() { UserId = 1000 };

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("ID=debian\nVERSION_ID=\"12\"", "3.11.2", "sudo apt install python3.11-venv")]
    [InlineData("ID=ubuntu\nID_LIKE=debian", "3.12.3", "sudo apt install python3.12-venv")]
    [InlineData("ID=linuxmint\nID_LIKE=\"ubuntu debian\"", "3.12.3", "sudo apt install python3.12-venv")]
    [InlineData("ID=fedora", "3.13.0", "sudo dnf install python-pip-wheel")]
    [InlineData("ID=\"rhel\"\nID_LIKE=\"fedora\"", "3.9.18", "sudo dnf install python3-pip-wheel")]
    [InlineData("ID=\"rocky\"\nID_LIKE=\"rhel centos fedora\"", "3.9.18", "sudo dnf install python3-pip-wheel")]
    [InlineData("ID=arch", "3.12.1", "sudo pacman -S python")]
    [InlineData("ID='alpine'\r", "3.12.1", "sudo apk fix python3")]
    [InlineData("ID=nobodyknows", "3.12.1", null)]
    public void Package_of_pip_wheel_depends_on_distribution_and_version(string release, string version, string? command)
    {
        _world.Write("/etc/os-release", "NAME=\"x\"\n" + release + "\n").Python("/usr", version);
        Says(command);
    }

    [Theory]
    [InlineData("/usr/share/python3.11-wheels", "python3.11-pip-wheel")]
    [InlineData("/usr/share/python3-wheels", "python3-pip-wheel")]
    [InlineData("/usr/share/python-wheels", "python-pip-wheel")]
    public void Package_on_Fedora_and_RHEL_is_named_after_its_wheel_folder(string folder, string package)
    {
        _world.Write("/etc/os-release", "ID=rhel\n").Python("/usr", "3.11.7")
            .Write("/usr/lib/python3.11/_sysconfigdata__linux_x86_64-linux-gnu.py",
                $"build_time_vars = {{'WHEEL_PKG_DIR': '{folder}',\n}}\n");
        Says("sudo dnf install " + package);
    }

    [Fact]
    public void Root_needs_no_sudo()
    {
        _world.UserId = 0;
        _world.Write("/etc/os-release", "ID=debian\n").Python("/usr", "3.11.2");
        Says("apt install python3.11-venv");
    }

    [Fact]
    public void Interpreter_that_is_not_of_the_distribution_has_no_package()
    {
        _world.Write("/etc/os-release", "ID=debian\n").Python("/opt/mine", "3.11.2");
        Says(null, "/opt/mine/bin/python3");
    }

    [Fact]
    public void Venv_without_wheels_fails_with_pip_and_is_created_without_it()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a copy of a POSIX installation");
        var maker = new VenvMaker(_world.OnDisk("/cache"));
        string prefix = _world.OnDisk("/opt/bare"), library = maker.Python.StdLib!, series = maker.Series;
        // The real interpreter and its venv, in a standard library whose ensurepip has no wheels.
        _world.Write($"/opt/bare/lib/{series}/os.py", "");
        Directory.CreateDirectory(Path.Combine(prefix, "bin"));
        File.Copy(FileTree.Host.RealPath(maker.Python.Executable)!, Path.Combine(prefix, "bin", series));
        Tool.Run("cp", ["-r", Path.Combine(library, "venv"), Path.Combine(prefix, "lib", series, "venv")]).Checked();
        _world.Write($"/opt/bare/lib/{series}/ensurepip/__init__.py", File.ReadAllText(Path.Combine(library, "ensurepip", "__init__.py")));
        PythonEnvironment python = maker.Catalog.Identify(Path.Combine(prefix, "bin", series)).Environment!;
        string target = _world.OnDisk("/home/user/project/env");
        Outcome<VenvResult> outcome = maker.Make(target, request => request with { Python = python });
        Assert.Equal(FailureId.PipSeedNotFound, outcome.Failure!.Id);
        Assert.EndsWith("-WithoutPip", outcome.Failure.Remedies.Commands()[^1], StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(_world.OnDisk("/home/user/project")));
        Assert.Null(maker.Make(target, request => request with { Python = python, WithoutPip = true }).Failure);
        VenvCompleteness.Check(target, hasPip: false);
    }

    private void Says(string? command, string python = "/usr/bin/python3")
    {
        PythonEnvironment found = new EnvironmentCatalog(_world.Machine).Identify(python).Environment!;
        Failure failure = VenvMessages.NoPip(_world.Machine, found, new VenvRequest("/home/user/env", found).ToStep());
        Assert.Equal(FailureId.PipSeedNotFound, failure.Id);
        string without = "New-PythonVenv /home/user/env -WithoutPip";
        Assert.Equal(command is null ? [without] : [command, without], failure.Remedies.Commands());
        Assert.Contains("nothing was changed", failure.Message, StringComparison.Ordinal);
    }
}
