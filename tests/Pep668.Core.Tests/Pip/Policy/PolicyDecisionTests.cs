using Pep668.Markers;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;
using Pep668.Pip.Settings;

namespace Pep668.Tests.Pip.Policy;

/// <summary>What is decided about a request, from the rules of the tool and the state of the environment.</summary>
public sealed class PolicyDecisionTests : IDisposable
{
    private readonly ManagedWorld _managed = new();

    public void Dispose() => _managed.Dispose();

    [Fact]
    public void Override_in_effect_allows_the_install_and_is_reported()
    {
        _managed.World.Write("/etc/pip.conf", "[install]\nbreak-system-packages = yes\n");
        PipVerdict verdict = _managed.Decide(_managed.Install());
        Assert.Null(verdict.Refusal);
        Assert.Equal(("/etc/pip.conf", "install.break-system-packages"), (verdict.Override!.Path, verdict.Override.Setting));
        Assert.Equal(
            PipOverrides.Find(_managed.World.Machine, _managed.Read()).Overrides.Single(one => one.IsEffective) with { Remedies = [] },
            verdict.Override with { Remedies = [] });
        Assert.Contains(verdict.Warnings, warning => warning.Message.Contains("'/etc/pip.conf'", StringComparison.Ordinal));
        Assert.Equal(FailureId.ExternallyManagedEnvironment,
            _managed.Decide(_managed.Install() with { Installer = PipInstaller.Uv }).Refusal?.Id);
        Assert.Equal(FailureId.ExternallyManagedEnvironment,
            _managed.Decide(_managed.Install() with { Action = PipAction.Uninstall }).Refusal?.Id);
    }

    [Fact]
    public void Override_is_not_supported_by_pip_23_0()
    {
        Failure refusal = PipPolicy.Decide(_managed.World.Machine, _managed.Install() with { BreakSystemPackages = true },
            MarkerLanguage.Untranslated, PipProgram.OfVersion("23.0")).Refusal!;
        Assert.Equal(FailureId.NotSupportedByPip, refusal.Id);
        Assert.Contains("23.0.1", refusal.Message);
        Assert.DoesNotContain("BreakSystemPackages", string.Join('\n', refusal.Remedies.Commands()));
    }

    [Fact]
    public void Virtual_environment_is_refused_only_for_a_managed_destination()
    {
        _managed.World.Venv("/srv/venv", "/usr", "3.11.2")
            .Write("/srv/venv/lib/python3.11/site-packages/pip/__init__.py", "__version__ = '23.0.1'\n");
        PipRequest request = _managed.Install() with { Environment = _managed.Read("/srv/venv/bin/python") };
        Assert.Null(_managed.Decide(request).Refusal);
        Assert.Null(_managed.Decide(request with { Arguments = ["--target", "/srv/venv/lib/python3.11/site-packages"] }).Refusal);
        Assert.Null(_managed.Decide(request with { Arguments = ["--root", "/"] }).Refusal);

        PipVerdict back = _managed.Decide(request with { Arguments = ["--install-option=--prefix=/usr"] });
        Assert.Equal(PolicyBypass.SetupOption, back.Bypass);
        Assert.StartsWith("--install-option '/usr' belongs to '/usr', which another package manager manages (PEP 668);",
            back.Refusal!.Message);
        Assert.Equal("Invoke-PipInstall requests -Environment /srv/venv", back.Refusal.FirstCommand());

        // The value of the variable would prevent the remedy as well.
        _managed.World.Set("PIP_PREFIX", "/usr");
        Failure refusal = _managed.Decide(request).Refusal!;
        Assert.Equal("Remove-Item Env:PIP_PREFIX && Invoke-PipInstall requests -Environment /srv/venv", refusal.FirstCommand());
        Assert.Equal("unset PIP_PREFIX && pep668 install requests --environment /srv/venv", refusal.Remedies.PosixCommands()[0]);
    }
}
