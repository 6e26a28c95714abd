using System.Text.Json;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Pip.Requests;
using Pep668.Pip.Running;
using Pep668.Requirements;

namespace Pep668.Tests.Pip.Running;

/// <summary>The values that <c>packaging</c> finds in each Python.</summary>
public sealed class PipConditionsTests
{
    private const string Script =
        "import json\nfrom pip._vendor.packaging.markers import default_environment\nprint(json.dumps(default_environment()))\n";

    public static TheoryData<string> Executables
    {
        get
        {
            Interpreter[] withPackaging = [.. Interpreters.All.Where(one => one.PackagingMajor > 0)];
            string[] found = [.. Interpreters.Sample(withPackaging).Select(one => one.Executable)];
            return found.Length == 0 ? [new TheoryDataRow<string>("") { Skip = "needs a Python with pip" }] : [.. found];
        }
    }

    [Theory]
    [MemberData(nameof(Executables))]
    public void Values_of_a_Python_are_those_that_packaging_finds(string executable)
    {
        Machine machine = Machine.Current();
        PythonEnvironment environment = new EnvironmentReader(machine.Files).Read(executable).Environment!;
        ConditionVariables values = PipConditions.Variables(machine, environment, PipProgram.OfVersion(environment.PipVersion));
        Dictionary<string, string> expected = JsonSerializer.Deserialize<Dictionary<string, string>>(
            Tool.Run(executable, ["-E", "-s", "-c", Script]).Checked().Output)!;
        string[] names = [.. expected.Keys.Where(name => name is not "implementation_version" || environment.Implementation is "CPython")];
        Assert.Equal(names.Select(name => (name, expected[name])), names.Select(name => (name, values.Value(name)!)));
    }

    [Theory]
    [InlineData("x86_64", "AMD64")]
    [InlineData("aarch64", "ARM64")]
    [InlineData("x86", "x86")]
    public void Machine_on_Windows_has_the_name_that_Windows_gives_it(string architecture, string expected)
    {
        using var world = new World();
        Machine machine = world.Windows() with { Architecture = architecture };
        world.WindowsPython("/mnt/c/Python313", "3.13.1");
        PythonEnvironment environment = new EnvironmentReader(machine.Files).Read("/mnt/c/Python313/python.exe").Environment!;
        ConditionVariables values = PipConditions.Variables(machine, environment, PipProgram.OfVersion("26.0"));
        Assert.Equal((expected, "", "", true),
            (values.PlatformMachine, values.PlatformRelease, values.PlatformVersion, values.IsPackaging26));
    }

    [Theory]
    [InlineData("25.3", false)]
    [InlineData("26.0", true)]
    [InlineData("26.0.1", true)]
    public void Rules_are_those_of_the_packaging_that_pip_has(string version, bool expected)
    {
        using var world = new World();
        world.Python("/usr", "3.12.1");
        PythonEnvironment environment = world.Read("/usr/bin/python3.12");
        Assert.Equal(expected, PipConditions.Variables(world.Machine, environment, PipProgram.OfVersion(version)).IsPackaging26);
    }
}
