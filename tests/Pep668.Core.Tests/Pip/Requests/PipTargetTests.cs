using Pep668.Machines;
using Pep668.Pip.Requests;
using Pep668.Requirements;

namespace Pep668.Tests.Pip.Requests;

public sealed class PipTargetTests : IDisposable
{
    private readonly World _world = new World()
        .Write("/home/user/project/pyproject.toml", "")
        .Write("/home/user/project/requirements.txt", "")
        .Write("/home/user/project/dist/My_Tool-1.0-py3-none-any.whl", "")
        .CreateFolder("/home/user/project/empty");

    public void Dispose() => _world.Dispose();

    [Fact]
    public void Path_target_is_relative_to_the_location_and_can_have_extras_and_conditions()
    {
        PipTarget target = Read(" .[Dev,test] ; os_name == 'posix' ");

        Assert.Equal((PipTargetKind.LocalPath, "/home/user/project"), (target.Kind, target.Path));
        Assert.Equal(["dev", "test"], target.Extras);
        Assert.Equal("os_name == \"posix\"", target.Marker?.ToString());
        Assert.Equal(".[Dev,test] ; os_name == 'posix'", target.Text);
        Assert.Null(target.Name);
    }

    [Fact]
    public void Wheel_target_has_the_name_of_its_file()
    {
        PipTarget target = Read("dist/My_Tool-1.0-py3-none-any.whl");

        Assert.Equal((PipTargetKind.LocalPath, "My-Tool", "my-tool"), (target.Kind, target.Name, target.NormalizedName));
        Assert.Equal("/home/user/project/dist/My_Tool-1.0-py3-none-any.whl", target.Path);
    }

    [Fact]
    public void Url_target_hides_its_credentials()
    {
        PipTarget target = Read("git+https://user:secret@example.invalid/x.git@main#egg=My_Tool[a]; os_name == 'posix'");

        Assert.Equal((PipTargetKind.Url, "my-tool"), (target.Kind, target.NormalizedName));
        Assert.Equal(["a"], target.Extras);
        Assert.Equal("git+https://user:secret@example.invalid/x.git@main#egg=My_Tool[a]", target.Url);
        Assert.Equal("git+https://user:****@example.invalid/x.git@main#egg=My_Tool[a]; os_name == 'posix'", target.ToString());
    }

    [Fact]
    public void Requirement_target_keeps_its_conditions()
    {
        PipTarget target = Read("Requests[socks]>=2; extra == 'x'");

        Assert.Equal((PipTargetKind.Requirement, "requests"), (target.Kind, target.NormalizedName));
        Assert.Equal("Requests[socks]>=2; extra == \"x\"", target.Requirement?.ToString());
        Assert.Same(target.Marker, target.Requirement?.Marker);
    }

    /// <summary>The position is written as ^ before the character.</summary>
    [Theory]
    [InlineData("^./empty", "pyproject.toml")]
    [InlineData("^./requirements.txt", "requirements file")]
    [InlineData("^./nowhere", "does not exist")]
    [InlineData("^nowhere.whl", "No file of this name")]
    [InlineData("^https://example.invalid/x.whl", "Invalid wheel file name")]
    [InlineData("https://example.invalid/x#egg=^-x", "Expected a name")]
    [InlineData("./dist[a ^b]", "',' or ']'")]
    [InlineData(".; ^os", "Unknown variable")]
    [InlineData("requests^=>2.0", "Invalid version operator '=>'")]
    [InlineData("^-r requirements.txt", "'-r' would be parsed as an option")]
    [InlineData(" ^--target=x", "'--target' would be parsed as an option")]
    [InlineData("./dist^\n--target=x", "line break")]
    public void Invalid_target_reports_the_problem_and_its_position(string marked, string words)
    {
        Assert.False(PipTarget.TryParse(marked.Remove(marked.IndexOf('^'), 1), _world.Machine, out _, out RequirementProblem? problem));

        Assert.Contains(words, problem.Message);
        Assert.Equal(marked.IndexOf('^'), problem.Position);
    }

    [Theory]
    [InlineData("^requests", "An editable install needs")]
    [InlineData("^https://example.invalid/x#egg=x", "An editable install needs")]
    [InlineData("git+https://example.invalid/x^", "#egg=")]
    [InlineData("^empty", "pyproject.toml")]
    [InlineData(".[a ^b]", "',' or ']'")]
    [InlineData("^-e", "'-e' would be parsed as an option")]
    public void Invalid_editable_target_reports_the_problem_and_its_position(string marked, string words)
    {
        Assert.False(
            PipTarget.TryParseEditable(marked.Remove(marked.IndexOf('^'), 1), _world.Machine, out _, out RequirementProblem? problem));

        Assert.Contains(words, problem.Message);
        Assert.Equal(marked.IndexOf('^'), problem.Position);
    }

    private PipTarget Read(string text)
    {
        Assert.True(PipTarget.TryParse(text, _world.Machine, out PipTarget? target, out RequirementProblem? problem), problem?.ToString());
        return target;
    }
}
