using Pep668.Markers;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;

namespace Pep668.Tests.Pip.Policy;

/// <summary>The text of a refusal, on a simulated machine.</summary>
public sealed class RefusalTextTests : IDisposable
{
    private readonly ManagedWorld _managed = new();

    public void Dispose() => _managed.Dispose();

    [Fact]
    public void Refusal_is_one_sentence_and_the_distributors_text_in_the_sessions_language()
    {
        Failure refusal = _managed.Refusal(_managed.Install());
        Assert.Equal("Another package manager manages '/usr/bin/python3.11' (PEP 668); nothing was installed.", refusal.Message);
        Assert.Equal("Ask your distributor.\nTwice.", refusal.Details);
        Assert.Equal("Fragen Sie.",
            PipPolicy.Decide(_managed.World.Machine, _managed.Install(), MarkerLanguage.Verbatim("de_AT")).Refusal!.Details);
        var target = Assert.IsType<Refusal>(refusal.Target);
        Assert.Equal(("/usr/lib/python3.11/EXTERNALLY-MANAGED", RefusalCause.ExternallyManaged, "pip 24.2", refusal.Details),
            (target.MarkerPath, target.Cause, target.Installer, target.Message));
    }

    [Theory]
    [InlineData("NAME='Debian GNU/Linux'\n", "Debian")]
    [InlineData("NAME=\"Arch Linux\"\n", "Arch")]
    [InlineData("NAME=Ubuntu\n", "Ubuntu")]
    public void Refusal_names_the_distribution(string release, string name)
    {
        _managed.World.Write("/etc/os-release", release);
        Failure refusal = _managed.Refusal(_managed.Install());
        Assert.Equal($"{name} manages '/usr/bin/python3.11' (PEP 668); nothing was installed.", refusal.Message);
        Assert.Equal(name, ((Refusal)refusal.Target!).Distributor);
        Assert.Equal($"{name} manages '/usr/bin/python3.11' (PEP 668); nothing was removed.",
            _managed.Refusal(_managed.Install() with { Action = PipAction.Uninstall }).Message);
    }

    [Fact]
    public void Refusal_names_the_virtual_environment_that_seems_active()
    {
        _managed.World.Venv("/srv/venv", "/usr", "3.11.2").Set("PATH", "/usr/bin:/srv/venv/bin");
        Assert.EndsWith("nothing was installed. The environment '/srv/venv' is on PATH after '/usr/bin', so its Python is not the default.",
            _managed.Refusal(_managed.Install()).Message);
        _managed.World.Set("VIRTUAL_ENV", "/srv/moved");
        Assert.EndsWith("The active environment '/srv/moved' does not exist.", _managed.Refusal(_managed.Install()).Message);
        _managed.World.Set("VIRTUAL_ENV", "/srv/venv");
        Assert.EndsWith("The active environment is '/srv/venv', not this one.", _managed.Refusal(_managed.Install()).Message);
    }

    [Theory]
    [InlineData("--user", "", "PEP 668 also applies to --user")]
    [InlineData("", "PIP_USER", "PEP 668 also applies to PIP_USER")]
    public void Refusal_with_user_install_explains_that_PEP_668_applies(string argument, string variable, string expected)
    {
        if (variable.Length > 0)
        {
            _managed.World.Set(variable, "1");
        }
        Assert.Contains(expected, Explain(_managed.Install() with { Arguments = argument.Length > 0 ? [argument] : [] }));
        Assert.DoesNotContain("also applies to", Explain(_managed.Install() with { Arguments = ["--no-user"] }));
    }

    [Fact]
    public void Refusal_contains_no_credentials()
    {
        PipRequest request = _managed.Install("pkg @ https://user:s3cret@example.org/pkg.zip") with
        {
            IndexUrl = "https://user:s3cret@example.org/simple",
            ExtraIndexUrls = ["https://s3cret@example.org"],
            Arguments = ["--proxy=http://user:s3cret@proxy"],
        };
        PipVerdict verdict = _managed.Decide(request);
        Failure refusal = verdict.Refusal!;
        Assert.NotEmpty(refusal.Remedies);
        Assert.DoesNotContain("s3cret", string.Join('\n',
            [refusal.Message, refusal.ToString(), verdict.ToString(), .. refusal.Remedies.Commands(),
                .. refusal.Remedies.PosixCommands()]));
    }

    [Fact]
    public void Refusal_in_a_container_reports_it()
    {
        Assert.DoesNotContain("looks like", Explain(_managed.Install()));
        _managed.World.Write("/.dockerenv", "");
        Assert.Contains("This machine looks like a container (/.dockerenv)", Explain(_managed.Install()));
    }

    private string Explain(PipRequest request) => string.Join('\n', ((Refusal)_managed.Refusal(request).Target!).Explanation);
}
