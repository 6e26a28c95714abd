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
    public void Refusal_starts_with_the_distributors_message_in_the_sessions_language()
    {
        Assert.StartsWith("Ask your distributor.\nTwice.\n\n", _managed.Refusal(_managed.Install()).Message);
        Assert.StartsWith("Fragen Sie.\n\n",
            PipPolicy.Decide(_managed.World.Machine, _managed.Install(), MarkerLanguage.Verbatim("de_AT")).Refusal!.Message);
        Assert.Contains("/usr/lib/python3.11/EXTERNALLY-MANAGED", _managed.Refusal(_managed.Install()).Message);
        Assert.Same(_managed.Install().Environment.GetType(), _managed.Refusal(_managed.Install()).Target!.GetType());
    }

    [Theory]
    [InlineData("--user", "", "--user does not help")]
    [InlineData("", "PIP_USER", "PIP_USER does not help")]
    public void Refusal_with_user_install_explains_that_it_does_not_help(string argument, string variable, string expected)
    {
        if (variable.Length > 0)
        {
            _managed.World.Set(variable, "1");
        }
        Assert.Contains(expected, _managed.Refusal(_managed.Install() with { Arguments = argument.Length > 0 ? [argument] : [] }).Message);
        Assert.DoesNotContain("does not help", _managed.Refusal(_managed.Install() with { Arguments = ["--no-user"] }).Message);
    }

    [Fact]
    public void Refusal_contains_no_credentials()
    {
        PipRequest request = _managed.Install("pkg @ https://user:s3cret@example.org/pkg.zip") with
        {
            IndexUrl = "https://user:s3cret@example.org/simple",
            ExtraIndexUrls = ["https://s3cret@example.org"],
        };
        PipVerdict verdict = _managed.Decide(request);
        Assert.DoesNotContain("s3cret",
            verdict.Refusal!.Message + verdict.Refusal.RecommendedAction + RefusalAdvice.JoinCompanion(verdict.Advice) + verdict);
    }

    [Fact]
    public void Refusal_in_a_container_reports_it()
    {
        Assert.DoesNotContain("looks like", _managed.Refusal(_managed.Install()).Message);
        _managed.World.Write("/.dockerenv", "");
        Assert.Contains("This looks like a container (/.dockerenv).", _managed.Refusal(_managed.Install()).Message);
    }
}
