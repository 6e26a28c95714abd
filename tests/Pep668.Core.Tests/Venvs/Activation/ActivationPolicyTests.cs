using Pep668.Venvs.Activation;

namespace Pep668.Tests.Venvs.Activation;

/// <summary>Which environments can be activated.</summary>
public sealed class ActivationPolicyTests : IDisposable
{
    private readonly World _world = new World().Python("/usr", "3.11.2").Venv("/env", "/usr", "3.11.2");

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Healthy_virtual_environment_can_be_activated() => Assert.Null(ActivationPolicy.Refusal(Read("/env")));

    [Fact]
    public void Broken_virtual_environment_is_refused_with_its_problem()
    {
        File.Delete(_world.OnDisk("/usr/bin/python3.11"));
        PythonEnvironment broken = Read("/env");
        Failure? failure = ActivationPolicy.Refusal(broken);
        Assert.Equal(FailureId.VenvBroken, failure?.Id);
        Assert.Contains(broken.Problem!, failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Base_Python_or_conda_environment_is_refused()
    {
        _world.Python("/opt/conda", "3.12.2").Write("/opt/conda/conda-meta/history", "");
        Assert.Equal(FailureId.EnvironmentNotFound, ActivationPolicy.Refusal(Read("/usr"))?.Id);
        Assert.Equal("conda activate '/opt/conda'", ActivationPolicy.Refusal(Read("/opt/conda"))?.FirstCommand());
    }

    [Fact]
    public void Environment_below_a_root_is_refused() =>
        Assert.Equal(FailureId.OfflineEnvironment, ActivationPolicy.Refusal(_world.Read("/env"))?.Id);

    // As if the folder of the simulated machine were the file system.
    private PythonEnvironment Read(string path) => _world.Read(path) with { Root = null };
}
