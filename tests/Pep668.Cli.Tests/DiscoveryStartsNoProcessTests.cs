namespace Pep668.Tests;

/// <summary>Discovery runs no program; it reads files.</summary>
public sealed class DiscoveryStartsNoProcessTests : IDisposable
{
    private readonly Companion _companion = new();

    public DiscoveryStartsNoProcessTests()
    {
        // Every program that discovery might run records that it ran.
        string trap = $"#!/bin/sh\necho \"$0\" >> '{_companion.At("/tmp/sprung")}'\n# pyenv\n";
        World world = _companion.World.Python("/usr", "3.11.2", "[externally-managed]\nError=use apt\n")
            .Python("/home/user/.pyenv/versions/3.12.1", "3.12.1");
        foreach (string command in (string[])["python", "python3.14", "pypy3", "pip", "pyenv", "asdf", "mise", "uv", "conda", "brew",
            "poetry", "pipx", "py"])
        {
            world.Write("/usr/bin/" + command, trap, executable: true);
        }
        foreach (string command in (string[])["python", "python3", "python3.12"])
        {
            world.Write("/home/user/.pyenv/shims/" + command, trap, executable: true);
        }
        world.Write("/home/user/.pyenv/version", "3.12.1\n");
        _companion.Set("PATH", $"{_companion.At("/home/user/.pyenv/shims")}:{_companion.At("/usr/bin")}");
    }

    public void Dispose() => _companion.Dispose();

    [Theory]
    [InlineData("list")]
    [FullInlineData("list --json")]
    [InlineData("check")]
    [FullInlineData("check python3")]
    [FullInlineData("check >=3.9")]
    [InlineData("marker")]
    [InlineData("packages")]
    [InlineData("conflicts")]
    [InlineData("app list")]
    public void Discovery_runs_no_program_on_PATH(string arguments)
    {
        Assert.InRange(_companion.Run(arguments.Split(' ')).ExitCode, 0, 1);
        Assert.False(File.Exists(_companion.At("/tmp/sprung")), "something was run");
    }

    [Theory]
    [InlineData("list")]
    [InlineData("list --root")]
    [InlineData("check >=3.9")]
    [InlineData("conflicts --root")]
    [InlineData("packages")]
    [FullInlineData("packages >=3.9 --json")]
    [InlineData("packages --root")]
    [InlineData("app list --json")]
    public void Discovery_starts_no_process_according_to_strace(string arguments)
    {
        const string Strace = "/usr/bin/strace";
        Assert.SkipUnless(File.Exists(Strace), "needs strace");
        string log = _companion.At("/tmp/trace");
        string[] traced = [Strace, "-f", "-qq", "-e", "trace=execve,execveat", "-o", log];
        Assert.SkipWhen(Companion.Finish(_companion.Start([.. traced, "/bin/true"])).ExitCode != 0, "strace may not trace here");
        string[] words = arguments.EndsWith("--root") ? [.. arguments.Split(' '), _companion.World.Folder] : arguments.Split(' ');
        Companion.Finish(_companion.Start([.. traced, .. Companion.Command, .. words])).Exits(0);
        string only = Assert.Single(File.ReadAllLines(log), line => line.Contains("execve"));
        Assert.Contains($"execve(\"{Companion.Command[0]}\"", only);
    }
}
