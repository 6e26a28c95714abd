using Pep668.Pip.Requests;

namespace Pep668.Tests.Advice;

/// <summary>The remedies that a refusal recommends on a simulated machine.</summary>
public sealed class InstallAdviceTests : IDisposable
{
    private readonly ManagedWorld _managed = new();

    public void Dispose() => _managed.Dispose();

    [Theory]
    [InlineData("uv.lock", "uv add 'requests>=2'")]
    [InlineData("poetry.lock", "poetry add 'requests>=2'")]
    [InlineData("Pipfile", "pipenv install 'requests>=2'")]
    [InlineData("pdm.lock", "pdm add 'requests>=2'")]
    [InlineData("other.lock", "New-PythonVenv .venv | Invoke-PipInstall 'requests>=2'")]
    public void Refusal_in_a_project_recommends_its_tool_first(string file, string expected)
    {
        _managed.World.Write("/home/user/project/pyproject.toml", "").Write("/home/user/project/" + file, "");
        Assert.Equal([expected], _managed.Refusal(_managed.Install("requests>=2")).Remedies.Commands());
    }

    [Fact]
    public void Override_is_recommended_last_and_only_on_a_disposable_machine()
    {
        PipRequest request = _managed.Install("requests>=2") with { Arguments = ["--no-deps"] };
        Assert.DoesNotContain(_managed.Refusal(request).Remedies, one => one.Route == AdviceRoute.Override);
        _managed.World.Write("/.dockerenv", "");
        Assert.Equal(
            "Invoke-PipInstall 'requests>=2' -ArgumentList '--no-deps' -Environment /usr/bin/python3.11 -BreakSystemPackages -Force",
            _managed.Refusal(request).Remedies.Commands()[^1]);
        Assert.Equal("pep668 install 'requests>=2' --argument=--no-deps --environment /usr/bin/python3.11 --break-system-packages --force",
            _managed.Refusal(request).Remedies.PosixCommands()[^1]);
    }

    [Fact]
    public void Remedy_keeps_what_the_user_gave()
    {
        PipRequest request = _managed.Install("requests>=2", "a[b]") with
        {
            Requirements = ["/srv/my reqs.txt"], Constraints = ["/srv/c.txt"], Upgrade = true, NoIndex = true, FindLinks = ["/srv/wheels"],
            Arguments = ["--no-deps", "--target", "/usr/lib/python3.11/site-packages", "--pre"],
        };
        Failure refusal = _managed.Refusal(request);
        Assert.Equal(
            "New-PythonVenv .venv | Invoke-PipInstall 'requests>=2', 'a[b]' -Requirement '/srv/my reqs.txt' -Constraint /srv/c.txt " +
            "-Upgrade -NoIndex -FindLinks /srv/wheels -ArgumentList '--no-deps', '--pre'", refusal.FirstCommand());
        Assert.Equal(
            "pep668 venv .venv && pep668 install 'requests>=2' 'a[b]' --requirement '/srv/my reqs.txt' --constraint /srv/c.txt --upgrade " +
            "--no-index --find-links /srv/wheels --argument=--no-deps --argument=--pre --environment ./.venv",
            refusal.Remedies.PosixCommands()[0]);
    }

    [Fact]
    public void Remedy_of_a_dry_run_changes_no_packages()
    {
        Failure refusal = _managed.Refusal(_managed.Install() with { DryRun = true });
        Assert.Equal("New-PythonVenv .venv | Invoke-PipInstall requests -DryRun", refusal.FirstCommand());
        Assert.EndsWith("pep668 install requests --dry-run --environment ./.venv", refusal.Remedies.PosixCommands()[0]);
    }

    [Theory]
    [InlineData("PIP_TARGET", "/usr/lib/python3.11/site-packages")]
    [InlineData("PIP_PREFIX", "/usr")]
    [InlineData("PIP_USER", "1")]
    public void Remedy_removes_the_variable_that_caused_the_refusal(string variable, string value)
    {
        _managed.World.Set(variable, value);
        Assert.Equal($"Remove-Item Env:{variable} && New-PythonVenv .venv | Invoke-PipInstall requests",
            _managed.Refusal(_managed.Install()).FirstCommand());
    }

    [Theory]
    [InlineData(".venv/pyvenv.cfg", true, "Invoke-PipInstall requests -Environment ./.venv")]
    [InlineData(".venv/pyvenv.cfg", false, "New-PythonVenv venv | Invoke-PipInstall requests")]
    [InlineData(".venv", false, "New-PythonVenv venv | Invoke-PipInstall requests")]
    public void Remedy_uses_the_environment_of_the_folder_or_a_free_name(string file, bool hasPython, string command)
    {
        _managed.World.Write("/home/user/project/" + file, "");
        if (hasPython)
        {
            _managed.World.Write("/home/user/project/.venv/bin/python", "", executable: true);
        }
        Assert.Equal(command, _managed.Refusal(_managed.Install()).FirstCommand());
    }

    [Fact]
    public void Refusal_recommends_installed_application_tools()
    {
        _managed.World.Write("/usr/bin/pipx", "", executable: true).Write("/usr/local/bin/uv", "", executable: true);
        Assert.Equal(["pipx install black", "uv tool install black"],
            _managed.Refusal(_managed.Install("black")).Remedies.Where(one => one.Route is AdviceRoute.Pipx or AdviceRoute.UvTool)
                .Commands());
    }

    [Theory]
    [InlineData(0, "apt install python3-requests")]
    [InlineData(1000, "sudo apt install python3-requests")]
    public void Refusal_recommends_packages_of_the_distribution_only_when_all_are_known(uint user, string command)
    {
        _managed.World.Write("/etc/os-release", "ID=debian\n")
            .Write("/var/lib/apt/lists/x_Packages", "Package: python3-requests\nVersion: 2.28.1-1\n\n");
        _managed.World.UserId = user;
        Assert.Equal([command], Package("Requests>=2"));
        Assert.Empty(Package("requests", "other"));

        IReadOnlyList<string> Package(params string[] packages) => _managed.Refusal(_managed.Install(packages)).Remedies
            .Where(one => one.Route == AdviceRoute.DistroPackage).Commands();
    }
}
