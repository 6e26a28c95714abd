using Pep668.Environments;
using Pep668.Machines;
using Pep668.Pip.Applications;
using static Pep668.PythonApplicationInstaller;

namespace Pep668.Tests.Pip.Applications;

/// <summary>What is decided before pipx or uv runs.</summary>
public sealed class ApplicationPlannerTests : IDisposable
{
    private const string Venv = "/home/user/.local/pipx/venvs/httpie";

    private readonly World _world = new World { UserId = 1000 }.Python("/usr", "3.11.2")
        .Write("/etc/os-release", "ID=debian\nNAME=\"Debian GNU/Linux\"\n");

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("-x", "Invalid requirement '-x': '-x' would be parsed as an option.")]
    [InlineData("--index-url=https://example.org", "Invalid requirement '--index-url=https://example.org': "
        + "'--index-url' would be parsed as an option.")]
    [InlineData("black[", "Invalid requirement 'black[': missing ']' at character 6.")]
    [InlineData("bla\u001bck", "Invalid requirement 'bla\\u001bck': the control character U+001B is not allowed at character 4.")]
    [InlineData("bl\nack", "Invalid requirement 'bl\\nack': a line break is not allowed at character 3.")]
    [InlineData("https://a\u0001\u0001b]", "Invalid requirement 'https://a\\u0001\\u0001b]': the control character U+0001 is not allowed "
        + "at character 10.")]
    [InlineData("./nothing", "Invalid requirement './nothing': this path does not exist.")]
    [InlineData("git+https://me:secret@example.org/x",
        "'git+https://me:****@example.org/x' contains credentials, which other users could read in the arguments of pipx.")]
    public void Text_that_cannot_be_installed_is_refused(string text, string message)
    {
        Program("pipx");
        Failure failure = Install(text).Failure!;
        Assert.Equal((FailureId.InvalidRequirement, message), (failure.Id, failure.Message));
    }

    [Theory]
    [InlineData("black", "black")]
    [InlineData("black[d]>=24,<25", "black[d]>=24,<25")]
    [InlineData("black @ https://example.org/black-24.1.0-py3-none-any.whl", "black @ https://example.org/black-24.1.0-py3-none-any.whl")]
    [InlineData("git+https://example.org/black", "git+https://example.org/black")]
    [InlineData("./black-24.1.0-py3-none-any.whl[d]", "/home/user/project/black-24.1.0-py3-none-any.whl[d]")]
    [InlineData(".", "/home/user/project")]
    public void Requirement_path_or_URL_is_the_last_argument(string text, string argument)
    {
        Program("pipx");
        _world.Write("/home/user/project/black-24.1.0-py3-none-any.whl", "").Write("/home/user/project/pyproject.toml", "");
        Assert.Equal(["install", argument], ApplicationCommandLine.Arguments(Install(text).Value()));
        Assert.Equal(["install", "--force", argument], ApplicationCommandLine.Arguments(Install(text).Value() with { Force = true }));
    }

    [Fact]
    public void Without_an_installer_the_remedy_is_the_distribution_s_package()
    {
        Failure failure = Install("black").Failure!;
        Assert.Equal((FailureId.ApplicationInstallerNotFound, "Neither pipx nor uv was found; an application needs one of them."),
            (failure.Id, failure.Message));
        Assert.Equal(["sudo apt install pipx"], failure.Remedies.PosixCommands());
        failure = Install("black", Uv).Failure!;
        Assert.Equal("uv was not found.", failure.Message);
        Assert.Equal(["sudo apt install pipx && pipx install uv"], failure.Remedies.PosixCommands());
        Program("pipx");
        failure = Install("black", Uv).Failure!;
        Assert.Equal(["Install-PythonApplication black -Installer Pipx", "pipx install uv"], failure.Remedies.Commands());
    }

    [Fact]
    public void Recommended_command_keeps_the_other_parameters()
    {
        PythonEnvironment python = new EnvironmentReader(_world.Machine.Files).Read("/usr/bin/python3.11").Environment!;
        Failure misspelled = new ApplicationPlanner(_world.Machine).Install("black=24", Pipx, python, force: true).Failure!;
        Assert.Equal(["Install-PythonApplication 'black==24' -Installer Pipx -Python /usr/bin/python3.11 -Force"],
            misspelled.Remedies.Commands());
        Program("uv");
        Assert.Equal("Install-PythonApplication black -Installer Uv -Python /usr/bin/python3.11 -Force",
            new ApplicationPlanner(_world.Machine).Install("black", Pipx, python, force: true).Failure!.FirstCommand());
    }

    [Fact]
    public void Application_without_its_installer_is_not_changed_by_the_other_one()
    {
        Program("uv");
        Application();
        foreach (Failure failure in (Failure[])[Change(ApplicationAction.Update, "httpie").Failure!, Install("httpie").Failure!])
        {
            Assert.Equal((FailureId.ApplicationInstallerNotFound, "'httpie' was installed by pipx, which was not found."),
                (failure.Id, failure.Message));
            Assert.Equal(["sudo apt install pipx"], failure.Remedies.PosixCommands());
        }
        Assert.Equal(Uv, Install("black").Value().Installer);
        Assert.Equal(Uv, Install("httpie", Uv).Value().Installer);
    }

    [Fact]
    public void Command_in_place_of_its_application_is_named()
    {
        Program("pipx");
        Application();
        Failure failure = Change(ApplicationAction.Uninstall, "http").Failure!;
        Assert.Equal((FailureId.PackageNotFound, "'http' is not an application of pipx or uv, but a command of 'httpie'."),
            (failure.Id, failure.Message));
        Assert.Equal(["Uninstall-PythonApplication httpie"], failure.Remedies.Commands());
        Assert.Equal(["pep668 app uninstall httpie"], failure.Remedies.PosixCommands());
    }

    [Fact]
    public void Application_is_changed_in_the_home_that_it_is_in()
    {
        Program("pipx");
        Application();
        ApplicationJob job = Change(ApplicationAction.Update, "httpie").Value();
        Assert.Equal(["upgrade", "httpie"], ApplicationCommandLine.Arguments(job));
        Dictionary<string, string> variables = ApplicationCommandLine.Variables(_world.Machine, job);
        Assert.Equal(("/home/user/.local/pipx", "/home/user/.local/bin"), (variables["PIPX_HOME"], variables["PIPX_BIN_DIR"]));
        Assert.Equal($"Update httpie in '{Venv}' with pipx", ApplicationMessages.Action(job));
        Assert.DoesNotContain("PIPX_HOME", ApplicationCommandLine.Variables(_world.Machine, Install("black").Value()).Keys);
    }

    [Fact]
    public void Virtual_environment_is_left_out_of_PATH_and_its_pipx_is_the_last_choice()
    {
        _world.Venv("/home/user/project/.venv", "/usr", "3.11.2").Set("VIRTUAL_ENV", "/home/user/project/.venv")
            .Set("PATH", "/home/user/project/.venv/bin:/usr/bin").Set("PYTHONPATH", "/srv").Set("PIP_TARGET", "/srv");
        Program("pipx", "/home/user/project/.venv/bin");
        Assert.Equal("/home/user/project/.venv/bin/pipx", Install("black").Value().Program);
        Program("pipx");
        ApplicationJob job = Install("black").Value();
        Assert.Equal("/usr/bin/pipx", job.Program);
        Dictionary<string, string> variables = ApplicationCommandLine.Variables(_world.Machine, job);
        Assert.Equal("/usr/bin", variables["PATH"]);
        Assert.Empty(variables.Keys.Intersect(["VIRTUAL_ENV", "PYTHONPATH", "PIP_TARGET"]));
    }

    private Outcome<ApplicationJob> Install(string text, PythonApplicationInstaller installer = Auto) =>
        new ApplicationPlanner(_world.Machine).Install(text, installer, null, false);

    private Outcome<ApplicationJob> Change(ApplicationAction action, string name) =>
        Assert.Single(new ApplicationPlanner(_world.Machine).Change(action, name, Auto));

    private void Program(string name, string folder = "/usr/bin") => _world.Write($"{folder}/{name}", "", executable: true);

    private void Application() => _world.Venv(Venv, "/usr", "3.11.2").Write($"{Venv}/bin/http", "#!\n", executable: true)
        .Link("/home/user/.local/bin/http", $"{Venv}/bin/http")
        .Write($"{Venv}/pipx_metadata.json", """{"main_package": {"package": "httpie", "package_version": "3.2.2"}}""");
}
