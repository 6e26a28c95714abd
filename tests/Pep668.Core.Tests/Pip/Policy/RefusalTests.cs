using Pep668.Environments;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;
using Pep668.Pip.Settings;
using Pep668.Shells;

using Verdict = Pep668.Pip.Policy.PipVerdict;

namespace Pep668.Tests.Pip.Policy;

/// <summary>The decision and the text of a refusal, on simulated machines.</summary>
public sealed class RefusalTests : IDisposable
{
    private const string Marker = "[externally-managed]\nError=Ask your distributor.\n  Twice.\nError-de=Fragen Sie.\n";

    private readonly World _world =
        new World().Python("/usr", "3.11.2", Marker).Write("/usr/lib/python3.11/site-packages/pip/__init__.py", "__version__ = '24.2'\n");

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Refusal_starts_with_the_distributors_message_in_the_sessions_language()
    {
        Assert.StartsWith("Ask your distributor.\nTwice.\n\n", Refusal(Install()).Message);
        Assert.StartsWith("Fragen Sie.\n\n", PipPolicy.Decide(_world.Machine, Install(), MarkerLanguage.Verbatim("de_AT")).Refusal!.Message);
        Assert.Contains("/usr/lib/python3.11/EXTERNALLY-MANAGED", Refusal(Install()).Message);
        Assert.Same(Install().Environment.GetType(), Refusal(Install()).Target!.GetType());
    }

    [Theory]
    [InlineData("--user", "", "--user does not help")]
    [InlineData("", "PIP_USER", "PIP_USER does not help")]
    public void Refusal_with_user_install_explains_that_it_does_not_help(string argument, string variable, string expected)
    {
        if (variable.Length > 0)
        {
            _world.Set(variable, "1");
        }
        Assert.Contains(expected, Refusal(Install() with { Arguments = argument.Length > 0 ? [argument] : [] }).Message);
        Assert.DoesNotContain("does not help", Refusal(Install() with { Arguments = ["--no-user"] }).Message);
    }

    [Theory]
    [InlineData("/.dockerenv", "", "a container (/.dockerenv)")]
    [InlineData("/run/.containerenv", "", "a container (/run/.containerenv)")]
    [InlineData("", "container=podman", "a container (container=podman)")]
    [InlineData("", "CI=true", "continuous integration (CI)")]
    [InlineData("", "GITHUB_ACTIONS=true", "continuous integration (GITHUB_ACTIONS)")]
    [InlineData("", "WSL_DISTRO_NAME=Debian", "WSL (WSL_DISTRO_NAME)")]
    public void Refusal_in_a_container_or_CI_reports_it(string file, string variable, string expected)
    {
        Assert.DoesNotContain("looks like", Refusal(Install()).Message);
        if (file.Length > 0)
        {
            _world.Write(file, "");
        }
        else
        {
            _world.Set(variable.Split('=')[0], variable.Split('=')[1]);
        }
        Assert.Contains($"This looks like {expected}.", Refusal(Install()).Message);
    }

    [Theory]
    [InlineData("uv.lock", "uv add 'requests>=2'")]
    [InlineData("poetry.lock", "poetry add 'requests>=2'")]
    [InlineData("Pipfile", "pipenv install 'requests>=2'")]
    [InlineData("pdm.lock", "pdm add 'requests>=2'")]
    [InlineData("other.lock", "New-PythonVenv .venv | Invoke-PipInstall 'requests>=2'")]
    public void Refusal_in_a_project_recommends_its_tool_first_and_the_override_last(string file, string expected)
    {
        _world.Write("/home/user/project/pyproject.toml", "").Write("/home/user/project/" + file, "");
        string[] lines = Refusal(Install("requests>=2")).RecommendedAction.Split('\n');
        Assert.StartsWith(expected + "  # ", lines[0]);
        Assert.Equal("Invoke-PipInstall 'requests>=2' -BreakSystemPackages  # only on a machine that can be thrown away", lines[^1]);
        Assert.Equal(2, lines.Length);
    }

    [Fact]
    public void Refusal_has_separate_commands_for_the_companion()
    {
        IReadOnlyList<RefusalAdvice> advice = Decide(Install("requests>=2", "a[b]") with { Requirements = ["/srv/my reqs.txt"] }).Advice;
        Assert.Equal("pep668 venv .venv && pep668 install 'requests>=2' 'a[b]' --requirement '/srv/my reqs.txt' --environment ./.venv",
            advice[0].CompanionCommand);
        Assert.Equal("New-PythonVenv .venv | Invoke-PipInstall 'requests>=2', 'a[b]' -Requirement '/srv/my reqs.txt'", advice[0].Command);
        Assert.Equal(AdviceRoute.Override, advice[^1].Route);
    }

    [Fact]
    public void Refusal_recommends_installed_application_tools()
    {
        _world.Write("/usr/bin/pipx", "", executable: true).Write("/usr/local/bin/uv", "", executable: true);
        Assert.Equal(["pipx install black", "uv tool install black"],
            Decide(Install("black")).Advice.Where(one => one.Route is AdviceRoute.Pipx or AdviceRoute.UvTool).Select(one => one.Command));
    }

    [Theory]
    [InlineData("/var/lib/dpkg/info/python3-requests.list", 0, "apt install python3-requests")]
    [InlineData("/var/lib/apt/lists/x_dists_stable_main_binary-amd64_Packages", 3, "apt install python3-requests")]
    [InlineData("/var/lib/apt/lists/x_dists_stable_main_binary-amd64_Packages", 20_000, "apt install python3-requests")]
    [InlineData("/var/lib/apt/lists/x_dists_stable_main_binary-amd64_Packages", -20_000, null)]
    public void Refusal_recommends_a_distribution_package_only_when_a_file_lists_it(string file, int count, string? expected)
    {
        IEnumerable<string> names = Enumerable.Range(0, Math.Abs(count)).Select(number => $"lib{number:D6}")
            .Concat(Enumerable.Range(0, Math.Abs(count)).Select(number => $"zz{number:D6}"));
        _world.Write(file, string.Concat((count < 0 ? names : names.Append("python3-requests")).Order(StringComparer.Ordinal)
            .Select(name => $"Package: {name}\nVersion: 1\nDescription: text about it\n\n")));
        _world.UserId = 0;
        Assert.Equal(expected, Decide(Install("Requests>=2")).Advice.FirstOrDefault(one => one.Route == AdviceRoute.DistroPackage)?.Command);
        Assert.DoesNotContain(Decide(Install("requests", "other")).Advice, one => one.Route == AdviceRoute.DistroPackage);
    }

    [Theory]
    [InlineData("it's", "'it''s'")]
    [InlineData("it\u2019s", "'it\u2019\u2019s'")]
    [InlineData("3.10", "'3.10'")]
    [InlineData("a b", "'a b'")]
    [InlineData("$(x)", "'$(x)'")]
    [InlineData("a,b", "'a,b'")]
    [InlineData("-r", "'-r'")]
    [InlineData("", "''")]
    [InlineData("ruff", "ruff")]
    public void PowerShell_words_are_quoted_where_necessary(string word, string expected) =>
        Assert.Equal(expected, CommandText.PowerShell(word));

    [Fact]
    public void Refusal_contains_no_credentials()
    {
        PipRequest request = Install("pkg @ https://user:s3cret@example.org/pkg.zip") with { IndexUrl =
            "https://user:s3cret@example.org/simple", ExtraIndexUrls = ["https://s3cret@example.org"] };
        Verdict verdict = Decide(request);
        Assert.DoesNotContain("s3cret",
            verdict.Refusal!.Message + verdict.Refusal.RecommendedAction + RefusalAdvice.JoinCompanion(verdict.Advice) + verdict);
    }

    [Fact]
    public void Override_in_effect_allows_the_install_and_is_reported()
    {
        _world.Write("/etc/pip.conf", "[install]\nbreak-system-packages = yes\n");
        Verdict verdict = Decide(Install());
        Assert.Null(verdict.Refusal);
        Assert.Equal(("/etc/pip.conf", "install.break-system-packages"), (verdict.Override!.Path, verdict.Override.Setting));
        Assert.Equal(PipOverrides.Find(_world.Machine, Install().Environment).Overrides.Single(one => one.IsEffective), verdict.Override);
        Assert.Contains(verdict.Warnings, warning => warning.Contains("'/etc/pip.conf'", StringComparison.Ordinal));
        Assert.Equal(FailureId.ExternallyManagedEnvironment, Decide(Install() with { Installer = PipInstaller.Uv }).Refusal?.Id);
        Assert.Equal(FailureId.ExternallyManagedEnvironment, Decide(Install() with { Action = PipAction.Uninstall }).Refusal?.Id);
    }

    [Fact]
    public void Marker_is_read_again_for_each_decision()
    {
        PipRequest request = Install();
        Assert.NotNull(Decide(request).Refusal);
        File.Delete(_world.OnDisk("/usr/lib/python3.11/EXTERNALLY-MANAGED"));
        Assert.Null(Decide(request).Refusal);
    }

    [Fact]
    public void Override_is_not_supported_by_pip_23_0()
    {
        Failure refusal = PipPolicy.Decide(_world.Machine, Install() with { BreakSystemPackages = true }, MarkerLanguage.Untranslated,
            PipProgram.OfVersion("23.0")).Refusal!;
        Assert.Equal(FailureId.NotSupportedByPip, refusal.Id);
        Assert.Contains("23.0.1", refusal.Message);
        Assert.DoesNotContain("BreakSystemPackages", refusal.RecommendedAction);
    }

    [Theory]
    [InlineData("/srv/one/../back", nameof(PolicyBypass.Target))]
    [InlineData("/srv/link/../python3.11/site-packages", nameof(PolicyBypass.Target))]
    [InlineData("/srv/back/deeper/and/deeper", nameof(PolicyBypass.Target))]
    [InlineData("/home/user/.local/lib/python3.11/site-packages", nameof(PolicyBypass.Target))]
    [InlineData("../../../usr/lib/python3.11", nameof(PolicyBypass.Target))]
    [InlineData("/usr", nameof(PolicyBypass.Target))]
    [InlineData("vendor", nameof(PolicyBypass.None))]
    [InlineData("/usr/src/app/vendor", nameof(PolicyBypass.None))]
    [InlineData("/usr/lib/python3.1", nameof(PolicyBypass.None))]
    public void Target_inside_the_managed_environment_is_detected_through_any_path(string target, string expected)
    {
        _world.CreateFolder("/srv/one").Link("/srv/back", "/usr/lib/python3.11/site-packages").Link("/srv/link", "/usr/lib/python3.11");
        Assert.Equal(expected, Decide(Install() with { Arguments = ["--target", target] }).Bypass.ToString());
        _world.Set("PIP_TARGET", target);
        Verdict ambient = Decide(Install());
        Assert.Equal(expected, ambient.Bypass.ToString());
        Assert.Equal(expected != nameof(PolicyBypass.None),
            ambient.Refusal?.Message.Contains("PIP_TARGET", StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Virtual_environment_is_refused_only_for_a_managed_destination()
    {
        _world.Venv("/srv/venv", "/usr", "3.11.2")
            .Write("/srv/venv/lib/python3.11/site-packages/pip/__init__.py", "__version__ = '23.0.1'\n");
        PipRequest request = Install() with { Environment = Read("/srv/venv/bin/python") };
        Assert.Null(Decide(request).Refusal);
        Assert.Null(Decide(request with { Arguments = ["--target", "/srv/venv/lib/python3.11/site-packages"] }).Refusal);
        Assert.Null(Decide(request with { Arguments = ["--root", "/"] }).Refusal);

        Verdict back = Decide(request with { Arguments = ["--install-option=--prefix=/usr"] });
        Assert.Equal(PolicyBypass.SetupOption, back.Bypass);
        Assert.StartsWith("Ask your distributor.", back.Refusal!.Message);
        Assert.Equal("Invoke-PipInstall requests -Environment /srv/venv", back.Advice[0].Command);

        // The value of the variable would prevent the remedy as well.
        _world.Set("PIP_PREFIX", "/usr");
        RefusalAdvice advice = Decide(request).Advice[0];
        Assert.Equal("Remove-Item Env:PIP_PREFIX; Invoke-PipInstall requests -Environment /srv/venv", advice.Command);
        Assert.Equal("unset PIP_PREFIX; pep668 install requests --environment /srv/venv", advice.CompanionCommand);
    }

    private PythonEnvironment Read(string path) => new EnvironmentReader(_world.Machine.Files).Read(path).Environment!;

    private PipRequest Install(params string[] packages) =>
        new(PipAction.Install, Read("/usr/bin/python3.11")) { Packages = [.. packages.DefaultIfEmpty("requests").Select(Target)] };

    private PipTarget Target(string text) =>
        PipTarget.TryParse(text, _world.Machine, out PipTarget? target, out _) ? target : throw new ArgumentException(text, nameof(text));

    private Verdict Decide(PipRequest request) => PipPolicy.Decide(_world.Machine, request, MarkerLanguage.Untranslated);

    private Failure Refusal(PipRequest request) => Decide(request).Refusal!;
}
