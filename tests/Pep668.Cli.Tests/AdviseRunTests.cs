using System.Text.Json;

namespace Pep668.Tests;

/// <summary>The commands that <c>pep668 advise</c> recommends, run with the real tools.</summary>
public sealed class AdviseRunTests : IDisposable
{
    private readonly RemedyWorld _world = new();

    public AdviseRunTests()
    {
        _world.WithWheels().Set("UV_NO_INDEX", "1").Set("UV_FIND_LINKS", _world.Wheels.Folder).Set("UV_OFFLINE", "1")
            .Set("UV_CACHE_DIR", Path.Combine(SharedSeeds.Cache, "uv")).Set("PIPX_DEFAULT_PYTHON", _world.Python);
        TinyWheel.Add(_world.Wheels.Folder, "tiny-tool", "1.0", "tiny-tool");
    }

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Virtual_environment_is_created_and_has_the_package()
    {
        Run("tiny", "library", "Venv");
        Assert.Equal("2.0", _world.VersionOf("tiny"));
        // Now it exists: the same question has another answer, which works too.
        Assert.DoesNotContain("pep668 venv", Run("leaf", "library", "Venv"));
        Assert.Equal("1.0", _world.VersionOf("leaf"));
    }

    [Fact]
    public void Application_is_installed_by_pipx()
    {
        Assert.SkipUnless(Tool.Exists("pipx"), "needs pipx");
        _world.Set("PIPX_SHARED_LIBS", SharedPipx.Libraries);
        Run("tiny-tool", "application", "Pipx");
        Assert.True(File.Exists(Path.Combine(_world.Folder, "home", ".local", "bin", "tiny-tool")));
    }

    [Fact]
    public void Application_is_installed_by_uv()
    {
        AddUv();
        Run("tiny-tool", "application", "UvTool");
        Assert.True(File.Exists(Path.Combine(_world.Folder, "home", ".local", "bin", "tiny-tool")));
    }

    [Fact]
    public void New_script_names_its_packages_and_runs()
    {
        AddUv();
        Run("tiny", "script", "ScriptRunner");
        Assert.Contains("\"tiny\"", File.ReadAllText(Path.Combine(_world.Project, "script.py")));
    }

    [Fact]
    public void Existing_script_gets_the_packages_and_runs()
    {
        AddUv();
        _world.Write("project/report.py", "import tiny\nprint('version', tiny.version)\n");
        Tool.Result result = _world.Shell(Command("tiny", "script", "ScriptRunner")).Checked();
        Assert.Contains("version 2.0", result.Output);
    }

    [Fact]
    public void Script_runs_with_the_uv_that_pipx_gets()
    {
        Assert.SkipUnless(Tool.Exists("pipx") && Tool.Exists("uv"), "needs pipx and uv");
        _world.Set("PIPX_SHARED_LIBS", SharedPipx.Libraries);
        TinyWheel.AddProgram(_world.Wheels.Folder, "uv", Tool.Find("uv")!);
        _world.Write("project/report.py", "import tiny\nprint('version', tiny.version)\n");
        string command = Command("tiny", "script", "ScriptRunner");
        Assert.Equal("pipx run uv add --script ./report.py tiny && pipx run uv run ./report.py", command);
        Assert.Contains("version 2.0", _world.Shell(command).Checked().Output);
    }

    [Fact]
    public void New_project_gets_the_packages_and_is_then_recommended_first()
    {
        AddUv();
        Run("tiny", "library", "ProjectTool");
        Assert.Contains("tiny", File.ReadAllText(Path.Combine(_world.Project, "pyproject.toml")));
        JsonElement[] advice = Advice("leaf", "library");
        Assert.Equal("uv add leaf", advice[0].GetProperty("command").GetString());
        _world.Shell(CommandIn(advice, "ProjectTool")).Checked();
        Assert.Equal("1.0", _world.VersionOf("leaf"));
    }

    [Fact]
    public void Package_of_the_distribution_is_installed_and_the_override_works_in_a_container()
    {
        TestExtent.NeedFull();
        using var system = new DisposableSystem();
        system.Install("python3-pip");
        Tool.Run("cp", ["-r", _world.Wheels.Folder, system.Root + "/root/wheels"]).Checked();
        string distro = CommandOf(system, "toolz", "system", "DistroPackage");
        Assert.EndsWith("apt install python3-toolz", distro);
        Tool.Result result = system.Shell(distro);
        Assert.SkipUnless(result.ExitCode == 0, "needs packages that apt can install: " + result.Error);
        system.Shell("/usr/bin/python3 -c 'import toolz'").Checked();

        File.WriteAllText(system.Root + "/.dockerenv", "");
        string overriding = CommandOf(system, "tiny", "library", "Override");
        system.Shell("export PIP_NO_INDEX=1 PIP_FIND_LINKS=/root/wheels; " + overriding).Checked();
        system.Shell("/usr/bin/python3 -c 'import tiny'").Checked();
    }

    private void AddUv()
    {
        Assert.SkipUnless(Tool.Exists("uv"), "needs uv");
        File.CreateSymbolicLink(Path.Combine(_world.Folder, "bin", "uv"), Tool.Find("uv")!);
    }

    private string Run(string package, string purpose, string route)
    {
        string command = Command(package, purpose, route);
        _world.Shell(command).Checked();
        return command;
    }

    private string Command(string package, string purpose, string route) => CommandIn(Advice(package, purpose), route);

    private JsonElement[] Advice(string package, string purpose) => Parse(
        _world.Shell($"pep668 advise {package} --purpose {purpose} --environment {_world.Python} --json").Checked().Output);

    private static string CommandOf(DisposableSystem system, string package, string purpose, string route) => CommandIn(
        Parse(system.Shell($"pep668 advise {package} --purpose {purpose} --environment /usr/bin/python3 --json").Checked().Output), route);

    private static JsonElement[] Parse(string output) => [.. JsonDocument.Parse(output).RootElement.EnumerateArray()];

    private static string CommandIn(JsonElement[] advice, string route) =>
        advice.First(one => one.GetProperty("route").GetString() == route).GetProperty("command").GetString()!;
}
