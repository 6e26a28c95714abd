using Pep668.Discovery;
using Pep668.Discovery.Resolution;

namespace Pep668.Tests.Discovery.Resolution;

/// <summary>The interpreter that runs a command.</summary>
public sealed class CommandResolverTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("#!/opt/py/bin/python3\nimport sys\n", "/opt/py/bin/python3.12")]
    [InlineData("#!/usr/bin/env python3\n", "/usr/bin/python3.11")]
    [InlineData("#!/usr/bin/env -S python3 -I\n", "/usr/bin/python3.11")]
    [InlineData("#!/bin/sh\n'''exec' \"/opt/a long/bin/python3\" \"$0\" \"$@\"\n' '''\n", "/opt/a long/bin/python3.10")]
    [InlineData("#!/bin/sh\n'''exec' /opt/py/bin/python3 \"$0\" \"$@\"\n", "/opt/py/bin/python3.12")]
    [InlineData("#!/usr/bin/env -S PYTHONUTF8=1 python3 -I\n", "/usr/bin/python3.11")]
    [InlineData("#!/usr/bin/env -i -S A=1 /opt/py/bin/python3\n", "/opt/py/bin/python3.12")]
    // uv: a path with blanks or quotes
    [InlineData("#!/bin/sh\n'''exec' '/opt/a long/bin/python3' \"$0\" \"$@\"\n' '''\n", "/opt/a long/bin/python3.10")]
    [InlineData("#!/bin/sh\n'''exec' '/opt/it'\"'\"'s/bin/python3' \"$0\" \"$@\"\n' '''\n", "/opt/it's/bin/python3.9")]
    // Pep668
    [InlineData("#!/bin/sh\n'''exec' \"/opt/\"'$py'\"/bin/python3\" \"$0\" \"$@\"\n' '''\n", "/opt/$py/bin/python3.7")]
    // Wrappers
    [InlineData("#!/bin/sh\nexec /opt/py/bin/python3 -m pip \"$@\"\n", "/opt/py/bin/python3.12")]
    [InlineData("#!/bin/bash\n# pip\nset -e\nexport A=1\n  exec python3 -m pip \"$@\"\n", "/usr/bin/python3.11")]
    [InlineData("#!/usr/bin/env bash\nexec env PIP_USER=1 python3 -m pip \"$@\"\n", "/usr/bin/python3.11")]
    [InlineData("#!/bin/sh\nexec \"$PYTHON\" -m pip\n", null)]
    [InlineData("#!/bin/sh\nexec something\n", null)]
    [InlineData("#!/nowhere/python\n", null)]
    [InlineData("text", null)]
    public void Command_resolves_to_the_interpreter_of_its_shebang(string script, string? executable)
    {
        _world.Python("/usr", "3.11.2").Python("/opt/py", "3.12.1").Python("/opt/a long", "3.10.2").Python("/opt/it's", "3.9.1")
            .Python("/opt/$py", "3.7.1")
            .Write("/usr/local/bin/pip", script, executable: true);
        Outcome<PythonEnvironment> resolution = new CommandResolver(Catalog()).Find("pip");
        Assert.Equal(executable, resolution.OrNull()?.Executable);
        Assert.Equal(executable is null, resolution.Failure is { Id: FailureId.EnvironmentNotFound });
    }

    [Fact]
    public void Command_of_a_relocatable_environment_resolves_to_the_interpreter_beside_it()
    {
        _world.Python("/usr", "3.11.2").Python("/opt/py", "3.12.1")
            .Write("/opt/py/bin/pip", "#!/bin/sh\n'''exec' \"$(dirname -- \"$(realpath -- \"$0\")\")\"/'python3' \"$0\" \"$@\"\n' '''\n",
                executable: true)
            .Link("/usr/local/bin/pip", "/opt/py/bin/pip");
        Assert.Equal("/opt/py/bin/python3.12", new CommandResolver(Catalog()).Find("pip").Value().Executable);
    }

    [Fact]
    public void Command_resolves_through_a_shim_or_to_the_interpreter_itself_or_fails()
    {
        _world.Python("/usr", "3.11.2").Python("/home/user/.pyenv/versions/3.12.1", "3.12.1").Write("/home/user/.pyenv/version", "3.12.1")
            .Write("/home/user/.pyenv/shims/pip", "#!/usr/bin/env bash\nexec pyenv exec\n", executable: true)
            .Write("/home/user/.pyenv/versions/3.12.1/bin/pip", "#!/home/user/.pyenv/versions/3.12.1/bin/python3\n", executable: true)
            .Write("/home/user/.pyenv/shims/flask", "#!/usr/bin/env bash\nexec pyenv exec\n", executable: true)
            .Set("PATH", "/home/user/.pyenv/shims:/usr/bin");
        var owner = new CommandResolver(Catalog());
        Assert.Equal("3.12.1", owner.Find("pip").Value().Version);
        Assert.Equal("3.11.2", owner.Find("python3").Value().Version);
        Assert.Equal(
            ["Using '/home/user/.pyenv/shims/pip' because it is the first 'pip' on PATH.",
                "Using '/home/user/.pyenv/versions/3.12.1/bin/pip' because '/home/user/.pyenv/shims/pip' is a shim for it.",
                "Using '/home/user/.pyenv/versions/3.12.1/bin/python3' because it runs '/home/user/.pyenv/versions/3.12.1/bin/pip'."],
            owner.Find("pip").Reasons);
        Assert.Contains("is a shim", owner.Find("flask").Failure!.Message);
        Assert.Equal("The command 'pip9' was not found on PATH.", owner.Find("pip9").Failure!.Message);
    }

    private EnvironmentCatalog Catalog() => new(_world.Machine);
}
