using Pep668.Pip.Requests;

namespace Pep668.Tests.Pip.Requests;

/// <summary>Which program runs a request.</summary>
public sealed class PipProgramTests : IDisposable
{
    private readonly InstallWorld _world = new();

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Uv_is_used_only_on_request_or_without_pip()
    {
        PythonEnvironment venv = _world.Venv("newest", withoutPip: true);
        PipRequest request = _world.Install(venv, "tiny") with { Environment = venv with { StdLib = Path.Combine(_world.Folder, "none") } };
        Assert.Equal(Tool.Exists("uv") ? PipProgramKind.Uv : null, PipProgram.Choose(_world.Machine, request).OrNull()?.Kind);
        Assert.Equal(FailureId.PipNotFound, PipProgram.Choose(_world.Machine, request with { Installer = PipInstaller.Pip }).Failure?.Id);
        _world.Set("PATH", "/usr/bin:/bin");
        Assert.Equal(FailureId.PipNotFound, PipProgram.Choose(_world.Machine, request).Failure?.Id);
        Assert.Equal(FailureId.UvNotFound, PipProgram.Choose(_world.Machine, request with { Installer = PipInstaller.Uv }).Failure?.Id);
    }
}
