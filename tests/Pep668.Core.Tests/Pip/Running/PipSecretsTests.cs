using System.Text;
using Pep668.Machines;
using Pep668.Packages;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;

namespace Pep668.Tests.Pip.Running;

/// <summary>Passwords are sent to the server, and are visible nowhere else.</summary>
public sealed class PipSecretsTests : IDisposable
{
    private const string Password = "hush-hush-42";

    private readonly InstallWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("x @ git+http://a:pw-one@127.0.0.1:1/x", true)]
    [FullInlineData("x @ hg+http://a:pw-one@127.0.0.1:1/x", true)]
    [FullInlineData("x @ svn+http://a:pw-one@127.0.0.1:1/x", true)]
    [InlineData("x @ bzr+http://a:pw-one@127.0.0.1:1/x", true)]
    [InlineData("x @ git+http://127.0.0.1:1/x", false)]
    [InlineData("x @ http://a:pw-one@127.0.0.1:1/x-1.0-py3-none-any.whl", false)]
    [InlineData("absent", false)]
    public void Warning_of_credentials_is_given_for_version_control_only(string package, bool warns)
    {
        PythonEnvironment venv = _world.Venv("newest");
        PipRunOutcome outcome = _world.Run(_world.Install(venv, package));
        Assert.Equal(FailureId.PipFailed, outcome.Failure?.Id);
        Notice[] warnings = [.. outcome.Warnings.Where(one => one.Message.Contains("version control program", StringComparison.Ordinal))];
        Assert.Equal(warns ? 1 : 0, warnings.Length);
        Assert.DoesNotContain("pw-one", outcome.ToString() + string.Join('\n', outcome.Warnings) + _world.AllText);
    }

    [Theory]
    [FullInlineData("3.6", PipInstaller.Pip)]
    [InlineData("newest", PipInstaller.Pip)]
    [InlineData("newest", PipInstaller.Uv)]
    public async Task Credentials_are_in_no_argument_and_no_message(string python, PipInstaller installer)
    {
        Assert.SkipWhen(installer == PipInstaller.Uv && !Tool.Exists("uv"), "needs uv");
        PythonEnvironment venv = _world.Venv(python);
        using var index = new LoopbackIndex(hangs: false);
        string url = $"http://someone:{Password}@{index.Host}";
        PipRequest bare = _world.Install(venv) with { NoIndex = false, FindLinks = [], Installer = installer };
        PipRequest[] requests =
        [
            bare with { Packages = [_world.Target("absent")], IndexUrl = url + "/simple/" },
            // pip 18.1 reads a name with the URL of a wheel as the name of a file.
            bare with
            {
                Packages = [_world.Target((python is "3.6" ? "" : "absent @ ") + $"{url}/absent-1.0-py3-none-any.whl")],
                NoIndex = true,
            },
            bare with { Packages = [_world.Target("absent")], Arguments = ["--index-url", url + "/simple/"] },
        ];
        foreach (PipRequest request in requests)
        {
            using var end = new CancellationTokenSource();
            Task<string> watch = Task.Run(() => CommandLines(venv, end.Token));
            PipRunOutcome outcome = _world.Run(request);
            end.Cancel();
            Assert.Equal(FailureId.PipFailed, outcome.Failure?.Id);
            string commands = await watch;
            Assert.Contains("install", commands);
            Assert.DoesNotContain(Password, commands);
            Assert.DoesNotContain(Password,
                outcome.ToString() + outcome.Failure + string.Join('\n', outcome.Tail) + string.Join('\n', outcome.PipWarnings));
        }
        Assert.DoesNotContain(Password, _world.AllText);
        string credentials = Convert.ToBase64String(Encoding.ASCII.GetBytes("someone:" + Password));
        Assert.Contains(credentials, index.Asked);
        Assert.Contains("GET /simple/absent/", index.Asked);
        Assert.Contains("GET /absent-1.0-py3-none-any.whl", index.Asked);
    }

    private static string CommandLines(PythonEnvironment venv, CancellationToken end)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        while (!end.IsCancellationRequested)
        {
            foreach (string folder in Directory.GetDirectories("/proc").Where(folder => int.TryParse(Path.GetFileName(folder), out _)))
            {
                try
                {
                    seen.Add(File.ReadAllText(folder + "/cmdline"));
                }
                catch (IOException)
                {
                    // it has ended
                }
            }
            Thread.Sleep(20);
        }
        return string.Join('\n', seen.Where(line => line.Contains(venv.Prefix)));
    }
}
