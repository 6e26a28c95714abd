using System.Text.Json;
using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Discovery;

/// <summary>Every interpreter that other tools find on this machine, except shims, is found.</summary>
public sealed class OtherToolsTests
{
    // Without the shims of pyenv on PATH, each tool prints paths; findpython and virtualenv print one on each
    // line.
    private const string Virtualenv = """
        import os
        from virtualenv.app_data.na import AppDataDisabled
        from virtualenv.discovery.builtin import propose_interpreters
        from virtualenv.discovery.py_spec import PythonSpec
        for found, _ in propose_interpreters(PythonSpec.from_string_spec('python'), [], AppDataDisabled(), os.environ):
            if found:
                print(found.executable)
        """;

    private const string FindPython = """
        import findpython
        for found in findpython.find_all():
            print(found.executable)
        """;

    private static string SearchPath => string.Join(':',
        Interpreters.All.Select(one => Path.GetDirectoryName(one.Executable)).Append("/usr/bin").Append("/bin").Distinct());

    private static void AllAreFound(IEnumerable<string> paths, string peer)
    {
        var catalog = new EnvironmentCatalog(Machine.Current("/") with
        {
            Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PATH"] = SearchPath },
        });
        HashSet<string> known = [.. catalog.All.SelectMany(one => one.Aliases.Append(one.Executable))];
        string[] found = [.. paths.Where(path => path.Length > 0 && !path.Contains("/shims/")).Distinct()];
        Assert.NotEmpty(found);
        Assert.All(found, path => Assert.True(
            known.Contains(path) || known.Contains(catalog.Identify(path).Environment?.Executable ?? ""), $"{peer} finds {path}"));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{peer} finds {found.Length} paths; here are {catalog.All.Count} environments with {known.Count} paths");
    }

    private static Dictionary<string, string> Variables => new(StringComparer.Ordinal) { ["PATH"] = SearchPath };

    [Fact]
    public void Interpreters_that_uv_finds_are_found()
    {
        string? uv = Tool.Find("uv");
        Assert.SkipWhen(uv is null, "needs uv");
        string json = Tool.Run(uv, ["python", "list", "--offline", "--only-installed", "--output-format", "json"], variables: Variables)
            .Checked().Output;
        AllAreFound(JsonDocument.Parse(json).RootElement.EnumerateArray().Select(one => one.GetProperty("path").GetString()!), "uv");
    }

    [Theory]
    [InlineData("virtualenv", Virtualenv)]
    [InlineData("findpython", FindPython)]
    public void Interpreters_that_a_Python_package_finds_are_found(string package, string script)
    {
        AllAreFound(Tool.Run(Interpreters.NeedModule(package).Executable, ["-c", script], variables: Variables)
            .Checked().Output.Split('\n'), package);
    }
}
