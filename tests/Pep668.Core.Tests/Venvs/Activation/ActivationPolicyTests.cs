using Pep668.Venvs.Activation;

namespace Pep668.Tests.Venvs.Activation;

/// <summary>Which environments can be activated.</summary>
public sealed class ActivationPolicyTests : IDisposable
{
    private readonly World _world = new World().Python("/usr", "3.11.2").Venv("/env", "/usr", "3.11.2");

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Healthy_virtual_environment_can_be_activated() => Assert.Null(Refusal("/env"));

    [Fact]
    public void Broken_virtual_environment_is_refused_with_its_problem()
    {
        File.Delete(_world.OnDisk("/usr/bin/python3.11"));
        PythonEnvironment broken = Read("/env");
        Failure? failure = Refusal("/env");
        Assert.Equal(FailureId.VenvBroken, failure?.Id);
        Assert.Equal("Repair-PythonVenv /env", failure?.FirstCommand());
        Assert.Contains(broken.Problem!, failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Conda_environment_is_left_to_conda()
    {
        _world.Python("/opt/conda", "3.12.2").Write("/opt/conda/conda-meta/history", "");
        Assert.Equal("conda activate /opt/conda", Refusal("/opt/conda")?.FirstCommand());
    }

    [Fact]
    public void Environment_of_pixi_has_no_remedy_of_conda()
    {
        _world.Python("/opt/conda", "3.12.2").Write("/opt/conda/conda-meta/history", "");
        Assert.Empty(ActivationPolicy.Refusal(Read("/opt/conda") with { Manager = PythonManager.Pixi }, _world.Machine)!.Remedies);
    }

    [Fact]
    public void Base_Python_is_refused_with_a_virtual_environment_of_it()
    {
        Failure? failure = Refusal("/usr");
        Assert.Equal(FailureId.EnvironmentNotFound, failure?.Id);
        Assert.Equal("New-PythonVenv .venv -Python /usr/bin/python3.11 | Enter-PythonVenv", failure?.FirstCommand());
    }

    [Fact]
    public void Base_Python_is_refused_with_the_virtual_environment_of_this_folder()
    {
        _world.Venv("/home/user/project/.venv", "/usr", "3.11.2");
        Assert.Equal(["Enter-PythonVenv .venv"], Refusal("/usr")!.Remedies.Commands());
    }

    [Fact]
    public void Environment_below_a_root_is_refused() =>
        Assert.Equal(FailureId.OfflineEnvironment, ActivationPolicy.Refusal(_world.Read("/env"), _world.Machine)?.Id);

    private Failure? Refusal(string path) => ActivationPolicy.Refusal(Read(path), _world.Machine);

    // As if the folder of the simulated machine were the file system.
    private PythonEnvironment Read(string path) => _world.Read(path) with { Root = null };
}
