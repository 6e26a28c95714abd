using Pep668.Packages;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;

namespace Pep668.Tests.Pip.Running;

/// <summary>The arguments and variables of a run of pip.</summary>
public sealed class PipArgumentsTests : IDisposable
{
    private readonly InstallWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Credentials_are_passed_in_variables_in_addition_to_the_configuration()
    {
        PythonEnvironment venv = _world.Venv("newest");
        _world.Write("home/.config/pip/pip.conf", "[global]\nextra-index-url =\n  http://one.invalid/\n  http://two.invalid/\n");
        PipRequest request = _world.Install(venv, "tiny") with
        {
            NoIndex = false,
            FindLinks = ["http://plain.invalid/"],
            ExtraIndexUrls = ["http://a:pw-one@three.invalid/", "http://open.invalid/", "http://a:pw-two@four.invalid/"],
            Arguments = ["--prox=http://a:pw-three@proxy.invalid:1", "-e", "git+http://a:pw-four@five.invalid/x#egg=x", "--pre"],
        };
        PipArguments made = Arguments(request);
        Assert.Equal(
            "http://one.invalid/ http://two.invalid/ http://a:pw-one@three.invalid/ http://a:pw-two@four.invalid/",
            string.Join(' ', made.Variables["PIP_EXTRA_INDEX_URL"].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)));
        Assert.Equal("http://a:pw-three@proxy.invalid:1", made.Variables["PIP_PROXY"]);
        Assert.Equal(["--editable git+http://a:pw-four@five.invalid/x#egg=x"], made.Lines);
        Assert.DoesNotContain(made.Arguments, argument => argument.Contains("pw-"));
        Assert.Equal(["--extra-index-url", "http://open.invalid/", "--find-links", "http://plain.invalid/", "tiny"],
            made.Arguments.TakeLast(5));
        Assert.Equal(["--pre"], made.Given);

        // With --isolated pip ignores variables.
        made = Arguments(request with { Arguments = ["--isolated"], IndexUrl = "http://a:pw-five@six.invalid/" });
        Assert.Equal(
            ["--index-url http://a:pw-five@six.invalid/", "--extra-index-url http://a:pw-one@three.invalid/",
                "--extra-index-url http://a:pw-two@four.invalid/"],
            made.Lines);
    }

    [Theory]
    [InlineData("-Ui http://a:pw@one.invalid/", "-U", "PIP_INDEX_URL", "http://a:pw@one.invalid/")]
    [InlineData("-Uihttp://a:pw@one.invalid/", "-U", "PIP_INDEX_URL", "http://a:pw@one.invalid/")]
    [InlineData("--pypi http://a:pw@one.invalid/", "", "PIP_INDEX_URL", "http://a:pw@one.invalid/")]
    [InlineData("--pre git+http://a:pw@one.invalid/x", "--pre", "", "git+http://a:pw@one.invalid/x")]
    [InlineData("-q -r http://a:pw@one.invalid/x.txt", "-q", "", "--requirement http://a:pw@one.invalid/x.txt")]
    [InlineData("-ihttps://one.invalid/?token=abcd", "", "PIP_INDEX_URL", "https://one.invalid/?token=abcd")]
    [InlineData("https://one.invalid/x.whl?sig=abcd", "", "", "https://one.invalid/x.whl?sig=abcd")]
    [InlineData("-- git+http://a:pw@one.invalid/x", "--", "", "git+http://a:pw@one.invalid/x")]
    public void Credentials_belong_to_the_option_that_pip_reads(string arguments, string given, string variable, string value)
    {
        PipArguments made = Arguments(_world.Install(_world.Venv("newest"), "tiny") with { Arguments = arguments.Split(' ') });
        Assert.Equal(given, string.Join(' ', made.Given));
        Assert.Equal(value, variable.Length > 0 ? made.Variables[variable] : Assert.Single(made.Lines));
        Assert.Equal(variable.Length > 0 ? 0 : 1, made.Lines.Count);
    }

    private PipArguments Arguments(PipRequest request) =>
        PipArguments.Build(
            _world.Machine, request, PipProgram.Choose(_world.Machine, request).Value(), OverrideMeans.Nothing,
            InstalledDistributions.Read(_world.Machine.Files, []));
}
