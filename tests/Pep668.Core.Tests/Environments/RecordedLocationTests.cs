using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Environments;

/// <summary>The folder for which an <c>activate</c> script was written.</summary>
public sealed class RecordedLocationTests : IDisposable
{
    private readonly World _world = new World().Python("/usr", "3.11.2").Venv("/env", "/usr", "3.11.2");

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("VIRTUAL_ENV=\"/old/env\"\n", "moved here from '/old/env'")]
    [InlineData("VIRTUAL_ENV='/old/it'\"'\"'s'\nexport VIRTUAL_ENV\n", "moved here from '/old/it's'")]
    [InlineData("    export VIRTUAL_ENV=$(cygpath \"/old/env\")\nelse\n    export VIRTUAL_ENV=\"/old/env\"\n",
        "moved here from '/old/env'")]
    [InlineData("VIRTUAL_ENV=/twin\n", "copied here from '/twin'")]
    public void Environment_that_was_moved_or_copied_is_broken(string activate, string problem)
    {
        _world.Venv("/twin", "/usr", "3.11.2").Write("/env/bin/activate", activate);
        AssertBroken(problem);
    }

    [Theory]
    [InlineData("VIRTUAL_ENV=\"/env\"\n")]
    [InlineData("VIRTUAL_ENV='/link'\n")]
    [InlineData("_OLD_VIRTUAL_ENV=/else\nVIRTUAL_ENV=''\"$(dirname -- \"$(dirname -- \"$SCRIPT_PATH\")\")\"''\n")]
    [InlineData("")]
    public void Environment_that_was_not_moved_has_no_problem(string activate)
    {
        _world.Link("/link", "/env").Write("/env/bin/activate", activate);
        Assert.Null(_world.Read("/env").Problem);
    }

    [Theory]
    [InlineData("VIRTUAL_ENV=/srv/env/\n", "/srv/env")]
    [InlineData("VIRTUAL_ENV=/srv/env; export VIRTUAL_ENV\n", "/srv/env")]
    [InlineData("VIRTUAL_ENV=\"/srv/a\\\\b\\$c\"\n", "/srv/a\\b$c")]
    [InlineData("VIRTUAL_ENV=\"/srv/a\\b\"\n", "/srv/a\\b")]
    [InlineData("VIRTUAL_ENV='/srv/a\\\\b'\n", "/srv/a\\\\b")]
    [InlineData("VIRTUAL_ENV=relative\n", null)]
    [InlineData("VIRTUAL_ENV=`pwd`\n", null)]
    [InlineData("", null)]
    public void Folder_of_an_activate_script_is_one_absolute_word(string script, string? folder)
    {
        _world.Write("/env/bin/activate", script);
        Assert.Equal(folder, RecordedLocation.MadeFor(_world.Machine.Files, "/env/bin"));
    }

    private void AssertBroken(string problem)
    {
        PythonEnvironment read = _world.Read("/env");
        Assert.Equal(EnvironmentHealth.Broken, read.Health);
        Assert.Contains(problem, read.Problem, StringComparison.Ordinal);
    }
}
