using Pep668.Venvs.Creation;

namespace Pep668.Tests.Venvs.Creation;

/// <summary>What the <c>venv</c> module of an interpreter does, from its source.</summary>
public sealed class VenvModuleTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Module_is_read_from_its_source_not_from_the_version()
    {
        _world.Write("/lib/venv/__init__.py", "f.write('prompt = ')\ncreate_git_ignore_file()\n").CreateFolder("/lib/venv/scripts");
        VenvModule module = VenvModule.Read(_world.Machine.Files, "/lib")!;
        Assert.Equal((true, true, false, false, "/lib/venv/scripts"),
            (module.WritesPrompt, module.WritesGitIgnore, module.WritesCommand, module.LinksSeries, module.Scripts));
    }

    [Fact]
    public void Module_without_source_or_templates_is_none()
    {
        Assert.Null(VenvModule.Read(_world.Machine.Files, "/lib"));
        _world.Write("/lib/venv/__init__.py", "");
        Assert.Null(VenvModule.Read(_world.Machine.Files, "/lib"));
    }
}
