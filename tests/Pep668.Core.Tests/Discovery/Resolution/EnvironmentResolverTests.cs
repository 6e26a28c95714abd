using Pep668.Discovery;
using Pep668.Discovery.Resolution;
using Pep668.Machines;

namespace Pep668.Tests.Discovery.Resolution;

/// <summary>The order in which texts and default environments are resolved.</summary>
public sealed class EnvironmentResolverTests : IDisposable
{
    private readonly World _world = new();

    public EnvironmentResolverTests()
    {
        _world.Python("/usr", "3.11.2", marker: "[externally-managed]\nError=use apt\n")
            .Python("/home/user/.pyenv/versions/3.10.13", "3.10.13")
            .Python("/home/user/.pyenv/versions/3.12.1", "3.12.1")
            .Python("/opt/pre", "3.14.0rc1")
            .Python("/opt/free", "3.13.0", suffix: "t")
            .Python("/opt/pypy", "3.9.16", implementation: "pypy")
            .CreateFolder("/home/user/.pyenv/shims")
            .Venv("/home/user/envs/web", "/usr", "3.11.2", extra: "prompt = 'shop'\n");
    }

    public void Dispose() => _world.Dispose();

    private EnvironmentResolver Resolver() => new(new EnvironmentCatalog(_world.Machine));

    [Theory]
    // A path, before everything else
    [InlineData("/usr/bin/python3", "/usr/bin/python3.11")]
    [InlineData("/usr/bin/python3.11", "/usr/bin/python3.11")]
    [InlineData("/usr", "/usr/bin/python3.11")]
    [InlineData("~/envs/web", "/home/user/envs/web/bin/python")]
    [InlineData("../envs/web/bin/python3", "/home/user/envs/web/bin/python")]
    // A name
    [InlineData("python3.11", "/usr/bin/python3.11")]
    [InlineData("PYTHON3.11", "/usr/bin/python3.11")]
    [InlineData("3.12.1", "/home/user/.pyenv/versions/3.12.1/bin/python3.12")]
    // A version: the longest match, never a shorter number
    [InlineData("3.10", "/home/user/.pyenv/versions/3.10.13/bin/python3.10")]
    [InlineData("3.12", "/home/user/.pyenv/versions/3.12.1/bin/python3.12")]
    [InlineData("3.13t", "/opt/free/bin/python3.13t")]
    [InlineData("pypy", "/opt/pypy/bin/pypy3.9")]
    [InlineData("cpython@3.10", "/home/user/.pyenv/versions/3.10.13/bin/python3.10")]
    // A specifier: the default if it fits, else the newest final release; a pre-release only when nothing else fits
    [InlineData(">=3.10", "/usr/bin/python3.11")]
    [InlineData(">3.11.2", "/home/user/.pyenv/versions/3.12.1/bin/python3.12")]
    [InlineData("~=3.10.0", "/home/user/.pyenv/versions/3.10.13/bin/python3.10")]
    [InlineData(">=3.13", "/opt/pre/bin/python3.14")]
    [InlineData("3.14", "/opt/pre/bin/python3.14")]
    public void Text_resolves_to_a_path_name_version_or_specifier(string text, string executable)
    {
        Outcome<PythonEnvironment> resolution = Resolver().Resolve(text);
        Assert.Equal(executable, resolution.Value().Executable);
        Assert.StartsWith($"Using '{executable}' because ", Assert.Single(resolution.Reasons), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", FailureId.EnvironmentNotFound)]
    [InlineData("   ", FailureId.EnvironmentNotFound)]
    [InlineData("/nowhere", FailureId.EnvironmentNotFound)]
    [InlineData("./nowhere", FailureId.EnvironmentNotFound)]
    [InlineData("/home/user", FailureId.EnvironmentNotFound)]
    [InlineData("/usr/lib/python3.11/os.py", FailureId.EnvironmentNotFound)]
    [InlineData("nobody", FailureId.EnvironmentNotFound)]
    [InlineData("3.1", FailureId.PythonNotFound)]
    [InlineData("4.7", FailureId.PythonNotFound)]
    [InlineData("3.13", FailureId.PythonNotFound)]
    [InlineData("<3", FailureId.PythonNotFound)]
    public void Text_without_a_match_is_a_failure(string text, FailureId id)
    {
        Outcome<PythonEnvironment> resolution = Resolver().Resolve(text);
        Assert.Null(resolution.OrNull());
        Assert.Equal(id, resolution.Failure!.Id);
        Assert.Equal([$"Get-PythonEnvironment -Root {_world.Machine.Files.Root}"], resolution.Failure.Remedies.Commands());
    }

    [Fact]
    public void Version_without_a_match_is_a_failure_with_the_versions_that_were_found() => Assert.Equal(
        "No Python matches '3.19'; found: 3.11.2, 3.13.0, 3.12.1, 3.10.13, 3.9.16, 3.14.0rc1.",
        Resolver().Resolve("3.19").Failure!.Message);

    [Fact]
    public void Version_of_several_environments_is_explained_with_those_that_are_not_used() => Assert.Equal(
        "Using '/usr/bin/python3.11' because it is the first of 4 environments that match '>=3.10'; not used: "
            + "'/home/user/.pyenv/versions/3.12.1/bin/python3.12', '/home/user/envs/web/bin/python', "
            + "'/home/user/.pyenv/versions/3.10.13/bin/python3.10'.",
        Assert.Single(Resolver().Resolve(">=3.10").Reasons));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Interpreter_that_is_not_executable_is_a_failure_with_chmod_on_this_machine(bool isBelowRoot)
    {
        Failure failure = DiscoveryMessages.NotExecutable("/opt/it's/python3", isBelowRoot ? "/image" : null, needsRoot: false);
        Assert.Equal([isBelowRoot ? "Get-PythonEnvironment -Root /image" : "chmod a+x '/opt/it''s/python3'"], failure.Remedies.Commands());
    }

    [Fact]
    public void Folder_named_like_a_version_without_Python_does_not_hide_the_version()
    {
        _world.CreateFolder("/home/user/project/3.12");
        Assert.Equal("3.12.1", Resolver().Resolve("3.12").Value().Version);
        Assert.Equal(FailureId.EnvironmentNotFound, Resolver().Resolve("./3.12").Failure!.Id);
    }

    [Fact]
    public void No_argument_resolves_to_the_active_environment()
    {
        _world.Venv("/home/user/project/.venv", "/usr", "3.11.2").Set("VIRTUAL_ENV", "/home/user/envs/web");
        Assert.Equal("/home/user/envs/web", Resolver().Implied().Value().Prefix);
        Assert.True(Resolver().Implied().Value().IsActive);
    }

    [Fact]
    public void No_argument_without_active_environment_resolves_to_the_nearest_dot_venv()
    {
        _world.Venv("/home/user/project/.venv", "/usr", "3.11.2").Venv("/home/user/.venv", "/usr", "3.11.2")
            .CreateFolder("/home/user/project/a/b");
        _world.CurrentDirectory = "/home/user/project/a/b";
        Assert.Equal("/home/user/project/.venv", Resolver().Implied().Value().Prefix);
    }

    [Fact]
    public void Dot_venv_of_another_user_is_ignored()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "ownership by number is POSIX");
        _world.Venv("/home/user/project/.venv", "/usr", "3.11.2");
        if (_world.UserId == 0)
        {
            Tool.Run("chown", ["-R", "12345", _world.OnDisk("/home/user/project/.venv")]).Checked();
        }
        else
        {
            _world.UserId++;
        }
        Outcome<PythonEnvironment> resolution = Resolver().Implied();
        Assert.Equal("/usr/bin/python3.11", resolution.Value().Executable);
        Assert.Contains("Other users can change", Assert.Single(resolution.Notices).Message, StringComparison.Ordinal);
        Assert.Equal("/home/user/project/.venv", Resolver().Resolve(".venv").Value().Prefix);
    }

    [Theory]
    [InlineData("777", "")]
    [InlineData("1777", "")]
    [InlineData("666", "/pyvenv.cfg")]
    [InlineData("777", "/bin")]
    [InlineData("757", "/usr/bin/python3.11")]
    public void Dot_venv_that_other_users_can_write_is_ignored(string mode, string part)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes are POSIX");
        _world.Venv("/home/user/project/.venv", "/usr", "3.11.2");
        string path = part.StartsWith("/usr", StringComparison.Ordinal) ? part : "/home/user/project/.venv" + part;
        Assert.Equal("/home/user/project/.venv", Resolver().Implied().Value().Prefix);
        Tool.Run("chmod", [mode, _world.OnDisk(path)]).Checked();
        Outcome<PythonEnvironment> resolution = Resolver().Implied();
        Assert.Equal("/usr/bin/python3.11", resolution.Value().Executable);
        Assert.Contains("Other users can change", Assert.Single(resolution.Notices).Message, StringComparison.Ordinal);
        Assert.Equal("/home/user/project/.venv", Resolver().Resolve(".venv").Value().Prefix);
    }

    [Theory]
    [InlineData(".venv", "is the nearest .venv in this folder or a parent folder.")]
    [InlineData(".python-envs", "names last.")]
    public void Environment_that_a_file_of_the_project_names_is_used(string name, string reason)
    {
        string file = "/home/user/project/" + name;
        _world.Write(file, "../envs/web\n");
        Outcome<PythonEnvironment> resolution = Resolver().Implied();
        Assert.Equal("/home/user/envs/web", resolution.Value().Prefix);
        Assert.EndsWith($"'{file}' {reason}", Assert.Single(resolution.Reasons), StringComparison.Ordinal);
        Assert.Equal("/home/user/envs/web", Resolver().Resolve(name).Value().Prefix);
        Assert.Equal("/home/user/envs/web", Resolver().ImpliedBase("/srv/new").Value().Prefix);
    }

    // PEP 832: a tool that does not support the last line must not use another.
    [Theory]
    [InlineData(".venv", "gone\n")]
    [InlineData(".python-envs", "/home/user/envs/web\ngone\n")]
    [InlineData(".python-envs", "/home/user/envs/web\n/home/user/project\n")]
    public void File_of_the_project_that_names_no_environment_is_a_failure(string name, string text)
    {
        string file = "/home/user/project/" + name, named = text.Contains("gone", StringComparison.Ordinal) ? "/gone" : "";
        _world.Write(file, text);
        Assert.Equal($"'{file}' names the environment '/home/user/project{named}', which was not found.",
            Resolver().Implied().Failure!.Message);
        Assert.Equal(Resolver().Implied().Failure!.Message, Resolver().Resolve(name).Failure!.Message);
        // It may be the one that is created.
        Assert.Equal("/usr/bin/python3.11", Resolver().ImpliedBase("/srv/new").Value().Executable);
    }

    [Theory]
    // The default Python if it fits, else by the rules for versions
    [InlineData("3.12", "/home/user/.pyenv/versions/3.12.1/bin/python3.12")]
    [InlineData(">=3.10", "/usr/bin/python3.11")]
    [InlineData("<3.11", "/home/user/.pyenv/versions/3.10.13/bin/python3.10")]
    [InlineData("project-env", "/usr/bin/python3.11")]
    public void New_environment_of_a_project_has_the_Python_that_the_project_requires(string required, string executable)
    {
        _world.Write("/home/user/project/.python-version", required + "\n");
        Outcome<PythonEnvironment> resolution = Resolver().ImpliedBase("/home/user/project/.venv");
        Assert.Equal(executable, resolution.Value().Executable);
        Assert.Equal("/usr/bin/python3.11", Resolver().ImpliedBase("/srv/.venv").Value().Executable);
        if (!executable.StartsWith("/usr", StringComparison.Ordinal))
        {
            Assert.Equal($"Using '{executable}' because '/home/user/project/.python-version' requires Python '{required}'.",
                Assert.Single(resolution.Reasons));
        }
    }

    [Fact]
    public void New_environment_of_a_project_whose_Python_was_not_found_is_a_failure_with_the_command_for_the_default()
    {
        _world.Write("/home/user/project/pyproject.toml", "[project]\nname = 'x'\nrequires-python = '>=3.20'\n");
        Failure failure = Resolver().ImpliedBase("/home/user/project/.venv").Failure!;
        Assert.StartsWith("No Python matches '>=3.20', which '/home/user/project/pyproject.toml' requires; found: 3.11.2, ",
            failure.Message, StringComparison.Ordinal);
        Assert.Equal(FailureId.PythonNotFound, failure.Id);
        Assert.Equal("New-PythonVenv /home/user/project/.venv -Python /usr/bin/python3.11", failure.Remedies.Commands()[0]);
    }

    [Theory]
    [InlineData("666", "/home/user/project/.python-envs")]
    [InlineData("777", "/home/user/envs/web")]
    public void File_or_environment_that_other_users_can_write_is_ignored(string mode, string path)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "modes are POSIX");
        _world.Write("/home/user/project/.python-envs", "/home/user/envs/web\n");
        Tool.Run("chmod", [mode, _world.OnDisk(path)]).Checked();
        Outcome<PythonEnvironment> resolution = Resolver().Implied();
        Assert.Equal("/usr/bin/python3.11", resolution.Value().Executable);
        Assert.Equal($"Other users can change '{path}'; it is ignored unless you name it.", Assert.Single(resolution.Notices).Message);
    }

    [Fact]
    public void Active_conda_environment_without_Python_is_no_reason_for_a_warning()
    {
        _world.CreateFolder("/opt/conda/envs/r/conda-meta").Set("CONDA_PREFIX", "/opt/conda/envs/r");
        Outcome<PythonEnvironment> resolution = Resolver().Implied();
        Assert.Equal("/usr/bin/python3.11", resolution.Value().Executable);
        Assert.Empty(resolution.Notices);
        Assert.Equal("The active conda environment '/opt/conda/envs/r' contains no Python.", resolution.Reasons[0]);
    }

    [Fact]
    public void No_argument_without_any_environment_resolves_to_the_default_Python() =>
        Assert.Equal("/usr/bin/python3.11", Resolver().Implied().Value().Executable);

    [Fact]
    public void No_argument_without_any_Python_is_a_failure()
    {
        _world.Set("PATH", "/nowhere");
        Assert.Equal(FailureId.PythonNotFound, Resolver().Implied().Failure!.Id);
    }

    [Fact]
    public void Script_before_the_default_Python_is_named()
    {
        _world.Write("/home/user/bin/python3", "#!/bin/sh\nexec /opt/other/python3 \"$@\"\n", executable: true)
            .Set("PATH", "/home/user/bin:/usr/bin");
        Outcome<PythonEnvironment> resolution = Resolver().Implied();
        Assert.Equal("/usr/bin/python3.11", resolution.Value().Executable);
        Assert.Equal("'/home/user/bin/python3', the first 'python3' on PATH, is a script, and which Python it starts is not known; "
            + "'/usr/bin/python3.11' is used.", Assert.Single(resolution.Notices).Message);
        _world.Set("PATH", "/home/user/bin");
        resolution = Resolver().Implied();
        Assert.NotNull(resolution.Failure);
        Assert.EndsWith("which Python it starts is not known.", Assert.Single(resolution.Notices).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Active_environment_that_does_not_exist_is_skipped_with_a_notice()
    {
        _world.Set("VIRTUAL_ENV", "/home/user/gone");
        Outcome<PythonEnvironment> resolution = Resolver().Implied();
        Assert.Equal("/usr/bin/python3.11", resolution.Value().Executable);
        Notice notice = Assert.Single(resolution.Notices);
        Assert.Equal("VIRTUAL_ENV is set to '/home/user/gone', which does not exist; it is ignored.", notice.Message);
        Assert.Equal(["Remove-Item Env:VIRTUAL_ENV"], notice.Remedies.Commands());
        Assert.Equal(["unset VIRTUAL_ENV"], notice.Remedies.PosixCommands());
    }

    [Theory]
    // pyenv: the variable, the nearest file, the global file; prefixes as pyenv takes them
    [InlineData("3.10.13", null, null, "3.10.13")]
    [InlineData("nope:3.12.1", null, null, "3.12.1")]
    [InlineData("3.10", null, null, "3.10.13")]
    [InlineData("system", "3.12.1", null, "3.11.2")]
    [InlineData(null, "3.12.1 # here\n", "3.10.13", "3.12.1")]
    [InlineData(null, "# nothing\n\n3.12\n3.10\n", null, "3.12.1")]
    [InlineData(null, null, "3.10.13\n", "3.10.13")]
    [InlineData(null, null, "system\n", "3.11.2")]
    [InlineData(null, null, null, "3.11.2")]
    public void Default_Python_is_found_behind_the_shims_of_pyenv(string? variable, string? local, string? global, string version)
    {
        _world.Write("/home/user/.pyenv/shims/python3",
            "#!/usr/bin/env bash\nexec \"/home/user/.pyenv/bin/pyenv\" exec \"$program\" \"$@\"\n", executable: true)
            .Set("PATH", "/home/user/.pyenv/shims:/usr/bin");
        if (variable is not null)
        {
            _world.Set("PYENV_VERSION", variable);
        }
        if (local is not null)
        {
            _world.Write("/home/user/project/.python-version", local);
        }
        if (global is not null)
        {
            _world.Write("/home/user/.pyenv/version", global);
        }
        PythonEnvironment found = Resolver().Implied().Value();
        Assert.Equal(version, found.Version);
        Assert.True(found.IsDefault);
        Assert.DoesNotContain(found.Aliases.Append(found.Executable), path => path.Contains("shims", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nodejs 20\npython 3.9.1 system\n", "3.9.1")]
    [InlineData("python system\n", "3.11.2")]
    [InlineData("python 3.8.0\n", "3.11.2")]
    public void Default_Python_is_found_behind_the_shims_of_asdf(string toolVersions, string version)
    {
        _world.Python("/home/user/.asdf/installs/python/3.9.1", "3.9.1")
            .Write("/home/user/.asdf/shims/python3",
                "#!/usr/bin/env bash\n# asdf-plugin: python 3.9.1\nexec asdf exec \"python3\" \"$@\"\n", executable: true)
            .Write("/home/user/.tool-versions", toolVersions)
            .Set("PATH", "/home/user/.asdf/shims:/usr/bin");
        PythonEnvironment found = Resolver().Implied().Value();
        Assert.Equal(version, found.Version);
        Assert.Equal(version is "3.9.1" ? PythonManager.Asdf : PythonManager.System, found.Manager);
    }
}
