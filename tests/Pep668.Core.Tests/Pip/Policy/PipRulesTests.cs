using Pep668.Environments;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.Pip.Policy;
using Pep668.Pip.Requests;

namespace Pep668.Tests.Pip.Policy;

/// <summary>The rules of pip, from its arguments and settings, compared with real pips.</summary>
public sealed class PipRulesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-rules-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Policy_applies_to_the_interpreter_that_pip_is_redirected_to()
    {
        string managed =
            CopiedPython.Make(Path.Combine(_folder, "python"), Interpreters.Newest(Needs.Venv | Needs.PipOrWheel), marker: true);
        string venv = CopiedPython.Venv(Path.Combine(_folder, "venv"), managed);
        var variables = new Dictionary<string, string> { ["PATH"] = "/usr/bin:/bin", ["HOME"] = _folder, ["LC_ALL"] = "C.UTF-8" };
        PolicyCase[] cases =
        [
            new("there", "install", ["--no-index", "nothing-here"], new(variables) { ["PIP_PYTHON"] = managed }, _folder, null),
            new("isolated", "install", ["--isolated", "--no-index", "nothing-here"], new(variables) { ["PIP_PYTHON"] = managed }, _folder,
                null),
            new("back", "install", ["--no-index", "nothing-here"], new(variables) { ["PIP_PYTHON"] = "venv" }, _folder, null),
        ];
        foreach (string executable in TestExtent.Some<string>([venv], [managed]))
        {
            foreach ((PolicyCase one, (PolicyEnd end, string text)) in cases.Zip(PolicyOracle.Ask(executable, null, cases)))
            {
                PipVerdict verdict = PipPolicy.Decide(one.ToMachine(), one.ToRequest(Read(executable)), MarkerLanguage.Untranslated);
                Assert.True(verdict.Refusal is null == (end == PolicyEnd.Proceeds), $"{executable} {one.Name}: {text}");
                Assert.Equal(one.Name is "back" ? venv : managed, verdict.Environment.Executable);
            }
        }
    }

    [Fact]
    public void Policy_applies_to_the_library_that_PYTHONHOME_names()
    {
        Interpreter real = Interpreters.Newest(Needs.Venv | Needs.PipOrWheel);
        string plain = CopiedPython.Unmanaged(Path.Combine(_folder, "plain"), real);
        PythonEnvironment managed = Read(CopiedPython.Make(Path.Combine(_folder, "python"), real, marker: true));
        string venv = CopiedPython.Venv(Path.Combine(_folder, "venv"), plain);
        foreach ((string executable, string home, bool refused) in ((string, string, bool)[])
            [(plain, managed.Prefix, true), (managed.Executable, Read(plain).Prefix, false), (venv, managed.Prefix, false),
                (managed.Executable, "python", true)])
        {
            var one = new PolicyCase("", "install", [], new() { ["PATH"] = "/usr/bin:/bin", ["HOME"] = _folder, ["PYTHONHOME"] = home },
                _folder, null);
            string text = Tool.Run(executable, ["-m", "pip", "install", "--no-index", "nothing-here"], _folder, one.Variables).Error;
            Assert.Equal(refused, text.Contains("externally-managed-environment", StringComparison.Ordinal));
            Assert.NotEqual(refused, text.Contains("No matching distribution", StringComparison.Ordinal));
            Assert.Equal(refused,
                PipPolicy.Decide(one.ToMachine(), one.ToRequest(Read(executable)), MarkerLanguage.Untranslated).Refusal is not null);
        }
    }

    [Theory]
    [InlineData("24.2", "", nameof(OverrideMeans.Flag), true)]
    [InlineData("23.0", "", nameof(OverrideMeans.Impossible), true)]
    [InlineData("22.3.1", "", nameof(OverrideMeans.Nothing), false)]
    [InlineData(null, "", nameof(OverrideMeans.Variable), true)]
    public void Rules_of_a_pip_depend_on_its_version(string? version, string arguments, string means, bool enforces)
    {
        using var managed = new ManagedWorld();
        PipRequest request = managed.Install() with { Arguments = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries) };
        ToolRules rules = PipRules.Read(managed.World.Machine, request, version);
        Assert.Equal((means, enforces), (rules.Means.ToString(), rules.Enforces));
    }

    [Theory]
    [InlineData("", "", nameof(PolicyBypass.None), "")]
    [InlineData("--target there", "", nameof(PolicyBypass.Target), "there")]
    [InlineData("", "there", nameof(PolicyBypass.Target), "there")]
    [InlineData("--target=", "there", nameof(PolicyBypass.Target), "")]
    [InlineData("--root there", "", nameof(PolicyBypass.Root), "there")]
    [InlineData("--install-option=--home=there", "", nameof(PolicyBypass.SetupOption), "there")]
    [InlineData("--install-option=--optimize=1", "", nameof(PolicyBypass.None), "")]
    public void Destination_is_that_of_the_arguments_else_of_the_settings(string arguments, string variable, string option, string value)
    {
        using var managed = new ManagedWorld();
        if (variable.Length > 0)
        {
            managed.World.Set("PIP_TARGET", variable);
        }
        PipRequest request = managed.Install() with { Arguments = arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries) };
        InstallDestination? destination = PipRules.Read(managed.World.Machine, request, "22.0").Places.SingleOrDefault();
        Assert.Equal((option, value), ((destination?.Bypass ?? PolicyBypass.None).ToString(), destination?.Value ?? ""));
    }

    private static PythonEnvironment Read(string executable) => new EnvironmentReader(FileTree.Host).Read(executable).Environment!;
}
