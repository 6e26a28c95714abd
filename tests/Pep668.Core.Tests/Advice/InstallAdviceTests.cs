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
    public void Refusal_in_a_project_recommends_its_tool_first_and_the_override_last(string file, string expected)
    {
        _managed.World.Write("/home/user/project/pyproject.toml", "").Write("/home/user/project/" + file, "");
        string[] lines = _managed.Refusal(_managed.Install("requests>=2")).RecommendedAction.Split('\n');
        Assert.StartsWith(expected + "  # ", lines[0]);
        Assert.Equal("Invoke-PipInstall 'requests>=2' -BreakSystemPackages  # only on a machine that can be thrown away", lines[^1]);
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public void Refusal_has_separate_commands_for_the_companion()
    {
        PipRequest request = _managed.Install("requests>=2", "a[b]") with { Requirements = ["/srv/my reqs.txt"] };
        IReadOnlyList<RefusalAdvice> advice = _managed.Decide(request).Advice;
        Assert.Equal("pep668 venv .venv && pep668 install 'requests>=2' 'a[b]' --requirement '/srv/my reqs.txt' --environment ./.venv",
            advice[0].CompanionCommand);
        Assert.Equal("New-PythonVenv .venv | Invoke-PipInstall 'requests>=2', 'a[b]' -Requirement '/srv/my reqs.txt'", advice[0].Command);
        Assert.Equal(AdviceRoute.Override, advice[^1].Route);
    }

    [Fact]
    public void Refusal_recommends_installed_application_tools()
    {
        _managed.World.Write("/usr/bin/pipx", "", executable: true).Write("/usr/local/bin/uv", "", executable: true);
        Assert.Equal(["pipx install black", "uv tool install black"],
            _managed.Decide(_managed.Install("black")).Advice.Where(one => one.Route is AdviceRoute.Pipx or AdviceRoute.UvTool)
                .Select(one => one.Command));
    }

    [Theory]
    [InlineData(0, "apt install python3-requests")]
    [InlineData(1000, "sudo apt install python3-requests")]
    public void Refusal_recommends_packages_of_the_distribution_only_when_all_are_known(uint user, string command)
    {
        _managed.World.Write("/var/lib/dpkg/info/python3-requests.list", "");
        _managed.World.UserId = user;
        Assert.Equal(command, Package("Requests>=2"));
        Assert.Null(Package("requests", "other"));

        string? Package(params string[] packages) => _managed.Decide(_managed.Install(packages)).Advice
            .FirstOrDefault(one => one.Route == AdviceRoute.DistroPackage)?.Command;
    }
}
