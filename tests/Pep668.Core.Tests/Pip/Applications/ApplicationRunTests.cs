using System.Text.Json;
using Pep668.Machines;
using Pep668.Pip.Applications;
using static Pep668.PythonApplicationInstaller;

namespace Pep668.Tests.Pip.Applications;

/// <summary>The real pipx and the real uv install, list, update and remove applications from local wheels.</summary>
public sealed class ApplicationRunTests : IDisposable
{
    private readonly ApplicationWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData(Pipx)]
    [InlineData(Uv)]
    public void Application_is_installed_listed_updated_and_removed(PythonApplicationInstaller installer)
    {
        ApplicationWorld.Need(installer);
        Assert.Empty(_world.List());
        ApplicationOutcome installed = _world.Install("Tiny_Tool", installer);
        Assert.Equal("tiny-tool: Installed ->1.0 (tiny-tool)", Short(installed));
        Assert.False(installed.Application!.OnPath);
        Notice warning = Assert.Single(installed.Warnings);
        Assert.Equal($"'{_world.Commands}' is not on PATH; a shell does not find the commands of 'tiny-tool'.", warning.Message);
        Assert.Equal([installer == Uv ? "uv tool update-shell" : "pipx ensurepath"], warning.Remedies.Commands());
        Assert.Equal("tiny-tool 1.0\n", _world.Program(Path.Combine(_world.Commands, "tiny-tool")).Checked().Output);
        AssertSameAsTool(installer);

        Assert.Equal("tiny-tool: Unchanged 1.0->1.0 (tiny-tool) same", Short(_world.Install("tiny-tool", installer)));
        Assert.Equal("tiny-tool: Unchanged 1.0->1.0 (tiny-tool) same", Short(_world.Change(ApplicationAction.Update, "tiny-tool")));
        TinyWheel.Add(_world.Wheels, "tiny-tool", "1.1", "tiny-tool", "tiny-more");
        ApplicationOutcome updated = _world.Change(ApplicationAction.Update, "tiny.tool");
        Assert.StartsWith("tiny-tool: Upgraded 1.0->1.1", Short(updated));
        Assert.Equal("tiny-tool 1.1\n", _world.Program(Path.Combine(_world.Commands, "tiny-tool")).Checked().Output);
        AssertSameAsTool(installer);

        ApplicationOutcome removed = _world.Change(ApplicationAction.Uninstall, "tiny-tool");
        Assert.StartsWith("tiny-tool: Removed 1.1->", Short(removed));
        Assert.Empty(_world.List());
        Assert.False(Directory.Exists(removed.Application!.Environment.Prefix));
        Assert.Empty(Directory.GetFileSystemEntries(_world.Commands));
        Failure missing = _world.ChangeFails(ApplicationAction.Uninstall, "tiny-tool");
        Assert.Equal(FailureId.PackageNotFound, missing.Id);
    }

    [Theory]
    [InlineData(Pipx)]
    [InlineData(Uv)]
    public void Command_on_PATH_is_that_of_the_application_or_is_reported(PythonApplicationInstaller installer)
    {
        ApplicationWorld.Need(installer);
        _world.SetPath(_world.Commands);
        ApplicationOutcome installed = _world.Install("tiny-tool", installer);
        Assert.True(installed.Application!.OnPath);
        Assert.Empty(installed.Warnings);

        string other = _world.Write("other/tiny-tool", "#!/bin/sh\n");
        File.SetUnixFileMode(other, (UnixFileMode)0b111_101_101);
        _world.SetPath(Path.GetDirectoryName(other)!, _world.Commands);
        ApplicationOutcome again = _world.Install("tiny-tool", installer);
        Assert.False(again.Application!.OnPath);
        Assert.Equal([$"PATH finds '{other}' before the command 'tiny-tool' of 'tiny-tool'."],
            again.Warnings.Select(warning => warning.Message));
    }

    [Theory]
    [InlineData(Pipx)]
    [InlineData(Uv)]
    public void Broken_application_is_named_and_repaired_by_the_command_of_its_remedy(PythonApplicationInstaller installer)
    {
        ApplicationWorld.Need(installer);
        _world.Install("tiny-tool<2", installer);
        PythonEnvironment environment = Assert.Single(_world.List()).Environment;
        string scripts = Path.GetDirectoryName(environment.Executable)!;
        foreach (string link in Directory.GetFiles(scripts, "python*"))
        {
            File.Delete(link);
        }
        File.CreateSymbolicLink(Path.Combine(scripts, "python"), "/nonexistent/bin/python3.11");
        File.CreateSymbolicLink(Path.Combine(scripts, "python3"), "python");

        InstalledApplication broken = Assert.Single(_world.List());
        Assert.Equal((EnvironmentHealth.Broken, "1.0", "tiny-tool"),
            (broken.Environment.Health, broken.Application.Version, Assert.Single(broken.Application.Commands)));
        Failure failure = _world.ChangeFails(ApplicationAction.Update, "tiny-tool");
        Assert.Equal(FailureId.VenvBroken, failure.Id);
        Assert.StartsWith("'tiny-tool' is broken: ", failure.Message);
        if (installer == Pipx)
        {
            Assert.Equal(FailureId.VenvBroken, new ApplicationPlanner(_world.Machine).Install("tiny-tool", Auto, null, true).Failure?.Id);
        }
        var repair = (ProgramStep)Assert.Single(Assert.Single(failure.Remedies).Steps);
        Assert.Equal(installer == Uv ? ["uv", "tool", "install", "--reinstall", "tiny-tool<2"] : ["pipx", "reinstall", "tiny-tool"],
            repair.Arguments);
        _world.Program(repair.Arguments).Checked();
        Assert.Equal(EnvironmentHealth.Healthy, Assert.Single(_world.List()).Environment.Health);
        Assert.Equal("tiny-tool 1.0\n", _world.Program(Path.Combine(_world.Commands, "tiny-tool")).Checked().Output);
    }

    [Theory]
    [InlineData(Pipx, "pipx_metadata.json", "{\"injected_packages\": {")]
    [FullInlineData(Pipx, "pipx_metadata.json", "")]
    [InlineData(Uv, "uv-receipt.toml", "[tool]\nrequirements = [")]
    [InlineData(Uv, "uv-receipt.toml", null)]
    public void Application_with_a_damaged_record_works_after_the_commands_of_its_remedy(
        PythonApplicationInstaller installer, string file, string? content)
    {
        ApplicationWorld.Need(installer);
        _world.Install("tiny-tool", installer);
        string record = Path.Combine(Assert.Single(_world.List()).Environment.Prefix, file);
        File.Delete(record);
        if (content is not null)
        {
            File.WriteAllText(record, content);
            Failure removal = _world.ChangeFails(ApplicationAction.Uninstall, "tiny-tool");
            Assert.Equal($"'tiny-tool' is broken: the record of its installer, '{record}', is damaged; "
                + $"{ApplicationJob.NameOf(installer)} cannot remove it.", removal.Message);
        }
        Failure failure = _world.ChangeFails(ApplicationAction.Update, "tiny-tool");
        Assert.Equal(content is null, failure.Message.Contains("interrupted", StringComparison.Ordinal));
        Run(Assert.Single(failure.Remedies));
        Assert.Equal(EnvironmentHealth.Healthy, Assert.Single(_world.List()).Environment.Health);
        Assert.Equal("tiny-tool 1.0\n", _world.Program(Path.Combine(_world.Commands, "tiny-tool")).Checked().Output);
        AssertSameAsTool(installer);
    }

    [Theory]
    [InlineData(Pipx, "pipx_metadata.json")]
    [InlineData(Uv, "uv-receipt.toml")]
    public void Application_with_a_damaged_record_is_removed_by_the_commands_of_its_remedy(
        PythonApplicationInstaller installer, string file)
    {
        ApplicationWorld.Need(installer);
        _world.Install("tiny-tool", installer);
        File.WriteAllText(Path.Combine(Assert.Single(_world.List()).Environment.Prefix, file), "");
        Run(Assert.Single(_world.ChangeFails(ApplicationAction.Uninstall, "tiny-tool").Remedies));
        Assert.Empty(_world.List());
        Assert.Empty(Directory.GetFileSystemEntries(_world.Commands));
    }

    [Theory]
    [InlineData(Pipx)]
    [InlineData(Uv)]
    public void Library_is_not_installed_and_the_output_of_the_tool_is_the_reason(PythonApplicationInstaller installer)
    {
        ApplicationWorld.Need(installer);
        TinyWheel.Add(_world.Wheels, "library", "1.0");
        ApplicationOutcome outcome = _world.Install("library", installer);
        Assert.Equal(FailureId.PipFailed, outcome.Failure!.Id);
        Assert.Equal($"{ApplicationJob.NameOf(installer)} failed with exit code 1.", outcome.Failure.Message);
        Assert.Contains("library", outcome.Failure.Details);
        Assert.Null(outcome.Application);
        Assert.Empty(_world.List());
    }

    [Theory]
    [InlineData("tiny-tool")]
    [InlineData("./project")]
    public void Installer_that_reports_success_and_installs_nothing_has_failed(string package)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "the program is a shell script");
        string program = _world.Write("bin/pipx", "#!/bin/sh\necho Nothing to do.\n");
        File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);
        _world.Write("project/pyproject.toml", "");
        ApplicationOutcome outcome = _world.SetPath(Path.GetDirectoryName(program)!).Install(package, Pipx);
        Assert.Equal((FailureId.PipFailed, "Nothing to do."), (outcome.Failure!.Id, outcome.Failure.Details));
        Assert.Equal($"pipx reported success, but '{package}' is not installed.", outcome.Failure.Message);
        Assert.Null(outcome.Application);
    }

    [Fact]
    public void Installer_that_reports_success_and_removes_nothing_has_failed()
    {
        ApplicationWorld.Need(Pipx);
        _world.Install("tiny-tool", Pipx);
        string program = _world.Write("bin/pipx", "#!/bin/sh\n");
        File.SetUnixFileMode(program, (UnixFileMode)0b111_101_101);
        ApplicationOutcome outcome = _world.SetPath(Path.GetDirectoryName(program)!).Change(ApplicationAction.Uninstall, "tiny-tool");
        Assert.Equal("pipx reported success, but 'tiny-tool' is still installed.", outcome.Failure?.Message);
        Assert.Null(outcome.Application);
        Assert.Equal("tiny-tool: Unchanged 1.0->1.0 (tiny-tool) same", Short(_world.Change(ApplicationAction.Update, "tiny-tool")));
    }

    [Theory]
    [InlineData(Pipx)]
    [InlineData(Uv)]
    public void Virtual_environment_and_current_folder_of_the_user_have_no_influence(PythonApplicationInstaller installer)
    {
        ApplicationWorld.Need(installer);
        string venv = Path.Combine(_world.Folder, "venv");
        Tool.Run("/usr/bin/python3", ["-m", "venv", "--without-pip", venv]).Checked();
        _world.Write("pip.py", "raise SystemExit('the pip of the current folder')\n");
        _world.Write("modules/packaging.py", "raise SystemExit('the module of PYTHONPATH')\n");
        _world.SetPath(Path.Combine(venv, "bin"), _world.Commands).Set("VIRTUAL_ENV", venv)
            .Set("PYTHONPATH", Path.Combine(_world.Folder, "modules"))
            .Set("PIP_TARGET", Path.Combine(_world.Folder, "target")).Set("PIP_REQUIRE_VIRTUALENV", "1");
        ApplicationOutcome installed = _world.Install("tiny-tool", installer);
        Assert.Equal("tiny-tool: Installed ->1.0 (tiny-tool)", Short(installed));
        Assert.NotEqual(venv, installed.Application!.Environment.BasePrefix);
        Assert.False(Directory.Exists(Path.Combine(_world.Folder, "target")));
        Assert.Equal("tiny-tool 1.0\n", _world.Program(Path.Combine(_world.Commands, "tiny-tool")).Checked().Output);
    }

    [Fact]
    public void Other_version_is_not_installed_by_pipx_without_force_and_a_warning_has_the_command()
    {
        ApplicationWorld.Need(Pipx);
        TinyWheel.Add(_world.Wheels, "tiny-tool", "1.1", "tiny-tool");
        _world.SetPath(_world.Commands).Install("tiny-tool==1.0", Pipx);
        ApplicationOutcome again = _world.Install("tiny-tool==1.1");
        Assert.Equal("tiny-tool: Unchanged 1.0->1.0 (tiny-tool) same", Short(again));
        Notice warning = Assert.Single(again.Warnings);
        Assert.Equal("Version 1.0 is installed and was not replaced by 'tiny-tool==1.1'.", warning.Message);
        Assert.Equal(["Install-PythonApplication 'tiny-tool==1.1' -Force"], warning.Remedies.Commands());
        Assert.Equal(["Install-PythonApplication 'tiny-tool==1.1' -Installer Pipx -Force"],
            Assert.Single(_world.Install("tiny-tool==1.1", Pipx).Warnings).Remedies.Commands());
        Assert.Equal("tiny-tool: Upgraded 1.0->1.1 (tiny-tool)", Short(_world.Install("tiny-tool==1.1", force: true)));
        Assert.Equal("tiny-tool: Downgraded 1.1->1.0 (tiny-tool)", Short(_world.Install("tiny-tool==1.0", force: true)));
    }

    [Theory]
    [InlineData(Pipx)]
    [InlineData(Uv)]
    public void Application_that_keeps_its_Python_has_the_commands_that_change_it(PythonApplicationInstaller installer)
    {
        ApplicationWorld.Need(installer);
        _world.SetPath(_world.Commands);
        PythonEnvironment first = _world.Python(Interpreters.Need("3.9", Needs.Venv)),
            second = _world.Python(Interpreters.Need("3.10", Needs.Venv));
        _world.Install("tiny-tool", installer, python: first);
        ApplicationOutcome again = _world.Install("tiny-tool", installer, python: second);
        if (installer == Uv)
        {
            // uv creates the environment again.
            Assert.Empty(again.Warnings);
            Assert.Equal(second.VersionInfo, Assert.Single(_world.List()).Environment.VersionInfo);
            return;
        }
        InstalledApplication kept = Assert.Single(_world.List());
        Notice warning = Assert.Single(again.Warnings);
        Assert.Equal($"'tiny-tool' still uses '{kept.Environment.Executable}', not '{second.Executable}'.", warning.Message);
        Assert.Equal(
            ["Uninstall-PythonApplication tiny-tool -Installer Pipx"
                + $" && Install-PythonApplication tiny-tool -Installer Pipx -Python {second.Executable}"],
            warning.Remedies.Commands());
        _world.Change(ApplicationAction.Uninstall, "tiny-tool");
        Assert.Empty(_world.Install("tiny-tool", installer, python: second).Warnings);
        Assert.Equal(second.VersionInfo, Assert.Single(_world.List()).Environment.VersionInfo);
    }

    [Fact]
    public void Application_whose_commands_are_files_of_others_has_the_command_that_replaces_them()
    {
        ApplicationWorld.Need(Pipx);
        _world.SetPath(_world.Commands);
        string other = _world.Write("home/.local/bin/tiny-tool", "#!/bin/sh\necho other\n");
        ApplicationOutcome installed = _world.Install("tiny-tool", Pipx);
        Assert.Equal("tiny-tool: Installed ->1.0 ()", Short(installed));
        Notice warning = Assert.Single(installed.Warnings);
        Assert.Equal("No command of 'tiny-tool' is available; other programs may have the same names.", warning.Message);
        Assert.Equal(["Install-PythonApplication tiny-tool -Installer Pipx -Force"], warning.Remedies.Commands());
        Assert.Equal("#!/bin/sh\necho other\n", File.ReadAllText(other));
        Assert.Empty(_world.Install("tiny-tool", Pipx, force: true).Warnings);
        Assert.Equal("tiny-tool 1.0\n", _world.Program(other).Checked().Output);
    }

    [Fact]
    public void Installer_is_the_one_that_has_the_application_else_pipx()
    {
        ApplicationWorld.Need(Pipx);
        ApplicationWorld.Need(Uv);
        TinyWheel.Add(_world.Wheels, "second", "1.0", "second");
        _world.Install("tiny-tool", Uv);
        Assert.Equal(Uv, new ApplicationPlanner(_world.Machine).Install("tiny-tool", Auto, null, false).Value().Installer);
        Assert.Equal(Pipx, new ApplicationPlanner(_world.Machine).Install("second", Auto, null, false).Value().Installer);
        _world.Install("second");
        Assert.Equal(["second Pipx", "tiny-tool Uv"], _world.List().Select(one => $"{one.Name} {one.Application.Installer}"));
        Failure command = _world.ChangeFails(ApplicationAction.Uninstall, "nothing");
        Assert.Equal("'nothing' is not an application of pipx or uv.", command.Message);
        // Each is removed by its own installer.
        Assert.All((string[])["second", "tiny-tool"],
            name => Assert.Equal(PipInstallAction.Removed, _world.Change(ApplicationAction.Uninstall, name).Application!.Action));
    }

    [Fact]
    public void Project_of_a_path_is_found_by_what_changed()
    {
        ApplicationWorld.Need(Uv);
        _world.Write("project/pyproject.toml",
            "[build-system]\nrequires = []\nbuild-backend = 'backend'\nbackend-path = ['.']\n");
        _world.Write("project/backend.py", $"""
            import shutil
            def build_wheel(folder, config_settings=None, metadata_directory=None):
                name = 'tiny_tool-1.0-py3-none-any.whl'
                shutil.copy(r'{_world.Wheels}/' + name, folder)
                return name
            """);
        Assert.Equal("tiny-tool: Installed ->1.0 (tiny-tool)", Short(_world.Install("./project", Uv)));
        Assert.Contains("/project", Assert.Single(Assert.Single(_world.List()).Requirements));
    }

    [Fact]
    public void Interrupted_install_is_reported_with_the_command_that_removes_it()
    {
        ApplicationWorld.Need(Pipx);
        ApplicationJob job = new ApplicationPlanner(_world.Machine).Install("tiny-tool", Pipx, null, false).Value();
        using var source = new CancellationTokenSource();
        string config = Path.Combine(_world.Home, ".local", "pipx", "venvs", "tiny-tool", "pyvenv.cfg");
        var stop = new Thread(() =>
        {
            for (int round = 0; round < 6000 && !File.Exists(config) && !File.Exists(config.Replace("/pipx", "/share/pipx")); round++)
            {
                Thread.Sleep(10);
            }
            source.Cancel();
        });
        stop.Start();
        Assert.ThrowsAny<OperationCanceledException>(() => _world.Run(job, source.Token));
        stop.Join();
        InstalledApplication left = Assert.Single(_world.List());
        Assert.Equal(EnvironmentHealth.Broken, left.Environment.Health);
        Notice notice = Assert.Single(_world.Lines.Select(line => line.Notice).OfType<Notice>());
        Assert.StartsWith("'tiny-tool' is incomplete", notice.Message);
        Assert.Equal([$"Remove-Item -Recurse -Force -LiteralPath {left.Environment.Prefix}"], notice.Remedies.Commands());
        Tool.Run("/bin/sh", ["-c", Assert.Single(notice.Remedies.PosixCommands())]).Checked();
        Assert.Empty(_world.List());
        Assert.Equal("tiny-tool: Installed ->1.0 (tiny-tool)", Short(_world.Install("tiny-tool", Pipx)));
    }

    // As a user does who pastes it.
    private void Run(Remedy remedy) => _world.Program("/bin/sh", "-c", Assert.Single(new[] { remedy }.PosixCommands())).Checked();

    private static string Short(ApplicationOutcome outcome)
    {
        Assert.True(outcome.Failure is null, $"{outcome.Failure?.Message} {outcome.Failure?.Details}");
        PythonApplication one = outcome.Application!;
        return $"{one.Name}: {one.Action} {one.PreviousVersion}->{one.Version} ({string.Join(' ', one.Commands)})"
            + (one.Changed ? "" : " same");
    }

    private void AssertSameAsTool(PythonApplicationInstaller installer)
    {
        InstalledApplication ours = Assert.Single(_world.List());
        if (installer == Uv)
        {
            string[] lines = _world.Program("uv", "tool", "list", "--show-paths").Checked().Output.Split('\n');
            Assert.Equal($"{ours.Name} v{ours.Application.Version} ({ours.Environment.Prefix})", lines[0]);
            Assert.Equal(lines.Skip(1).Where(line => line.Length > 0), ours.Commands.Select(one => $"- {one.Name} ({one.Path})"));
            Assert.Equal(_world.Program("uv", "tool", "dir").Checked().Output.Trim(), ours.Home);
            return;
        }
        JsonElement listed = JsonSerializer.Deserialize<JsonElement>(_world.Program("pipx", "list", "--json").Checked().Output);
        JsonProperty theirs = Assert.Single(listed.GetProperty("venvs").EnumerateObject());
        JsonElement main = theirs.Value.GetProperty("metadata").GetProperty("main_package");
        Assert.Equal((theirs.Name, main.GetProperty("package_version").GetString()), (ours.Name, ours.Application.Version));
        string shown = _world.Program("pipx", "list").Checked().Output;
        Assert.Equal(shown.Split('\n').Where(line => line.StartsWith("    - ", StringComparison.Ordinal)).Select(line => line[6..]),
            ours.Application.Commands);
        string environment = _world.Program("pipx", "environment").Checked().Output;
        Assert.Contains($"PIPX_HOME={ours.Home}\n", environment);
        Assert.Contains($"PIPX_BIN_DIR={ours.CommandFolder}\n", environment);
    }
}
