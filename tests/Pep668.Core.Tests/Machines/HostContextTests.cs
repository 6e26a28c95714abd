using Pep668.Machines;

namespace Pep668.Tests.Machines;

/// <summary>Signs of a container, of continuous integration and of WSL.</summary>
public sealed class HostContextTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    [Theory]
    [InlineData("/.dockerenv", "", "a container (/.dockerenv)")]
    [InlineData("/run/.containerenv", "", "a container (/run/.containerenv)")]
    [InlineData("", "container=podman", "a container (container=podman)")]
    [InlineData("", "CI=true", "continuous integration (CI)")]
    [InlineData("", "GITHUB_ACTIONS=true", "continuous integration (GITHUB_ACTIONS)")]
    [InlineData("", "WSL_DISTRO_NAME=Debian", "WSL (WSL_DISTRO_NAME)")]
    public void Host_context_is_recognized_by_a_file_or_variable(string file, string variable, string expected)
    {
        Assert.Empty(HostContext.Describe(_world.Machine));
        if (file.Length > 0)
        {
            _world.Write(file, "");
        }
        else
        {
            _world.Set(variable.Split('=')[0], variable.Split('=')[1]);
        }
        Assert.Equal([expected], HostContext.Describe(_world.Machine));
    }

    [Theory]
    [InlineData("CI=false")]
    [InlineData("CI=")]
    [InlineData("container=")]
    public void Host_context_ignores_variables_without_a_true_value(string variable)
    {
        _world.Set(variable.Split('=')[0], variable.Split('=')[1]);
        Assert.Empty(HostContext.Describe(_world.Machine));
    }

    [Fact]
    public void Host_context_of_a_root_folder_is_unknown()
    {
        _world.Write("/.dockerenv", "");
        Assert.Empty(HostContext.Describe(Machine.Under(_world.Folder)));
    }
}
