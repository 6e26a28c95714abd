using Pep668.Shells;

namespace Pep668.Tests;

/// <summary>The first remedy of real refusals, errors and warnings is run in a real pwsh with the module, and in
/// <c>sh</c> with the companion. Afterwards, what its reason claims is true.</summary>
public sealed class RemedyRunTests(PwshSession session) : IClassFixture<PwshSession>, IDisposable
{
    private readonly RemedyWorld _world = new(session);

    public static TheoryData<string> Shells => [.. TestExtent.Some<string>(["pwsh"], ["sh"])];

    /// <summary>The other one of them where there are many tests of one kind.</summary>
    public static TheoryData<string> OtherShells => [.. TestExtent.Some<string>(["sh"], ["pwsh"])];

    public void Dispose() => _world.Dispose();

    [Theory]
    [MemberData(nameof(Shells))]
    public void Refused_install_without_an_index_is_repeated_without_one(string shell)
    {
        string remedy =
            Run(shell, $"Invoke-PipInstall tiny -NoIndex -FindLinks {Quoted(_world.Wheels.Folder, shell)} -Environment {_world.Python}",
            $"pep668 install tiny --no-index --find-links {Quoted(_world.Wheels.Folder, shell)} --environment {_world.Python}");
        Assert.Matches(shell == "pwsh"
            ? "^New-PythonVenv .venv \\| Invoke-PipInstall tiny -NoIndex"
            : "^pep668 venv .venv && pep668 install tiny --no-index", remedy);
        Assert.Equal("2.0", _world.VersionOf("tiny"));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void Refused_requirements_file_is_installed_in_the_new_environment(string shell)
    {
        string file = _world.WithWheels().Write("project/the requirements.txt", "tiny<2\nleaf\n");
        Run(shell, $"Invoke-PipInstall -Requirement {Quoted("the requirements.txt", shell)} -Environment {_world.Python}",
            $"pep668 install -r {Quoted("the requirements.txt", shell)} --environment {_world.Python}");
        Assert.True(File.Exists(file));
        Assert.Equal(("1.1", "1.0"), (_world.VersionOf("tiny"), _world.VersionOf("leaf")));
    }

    [Theory]
    [MemberData(nameof(OtherShells))]
    public void Refused_upgrade_upgrades_in_the_environment_of_the_folder(string shell)
    {
        _world.WithWheels().MakeVenv("tiny-1.0");
        Run(shell, $"Invoke-PipInstall tiny -Upgrade -Environment {_world.Python}",
            $"pep668 install tiny --upgrade --environment {_world.Python}");
        Assert.Equal("2.0", _world.VersionOf("tiny"));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void Variable_that_causes_the_refusal_is_removed_first(string shell)
    {
        string target = Path.Combine(Path.GetDirectoryName(Path.GetDirectoryName(_world.Python))!, "lib/python3/dist-packages");
        Assert.SkipUnless(Directory.Exists(target), "needs Debian's Python");
        _world.WithWheels().Set("PIP_TARGET", target);
        string remedy =
            Run(shell, $"Invoke-PipInstall tiny -Environment {_world.Python}", $"pep668 install tiny --environment {_world.Python}");
        Assert.StartsWith(shell == "pwsh" ? "Remove-Item Env:PIP_TARGET && " : "unset PIP_TARGET && ", remedy, StringComparison.Ordinal);
        Assert.Equal("2.0", _world.VersionOf("tiny"));
        Assert.False(Directory.Exists(Path.Combine(target, "tiny")));
    }

    [Theory]
    [InlineData("pwsh", "home/.config/pip/pip.conf", "[install]\nbreak-system-packages = true\nuser = no\n", null)]
    [FullInlineData("sh", "home/.config/pip/pip.conf", "[install]\nbreak-system-packages = true\nuser = no\n", null)]
    [FullInlineData("pwsh", "home/my pip.conf", "[global]\nbreak-system-packages = 1\nuser = no\n", "PIP_CONFIG_FILE")]
    [InlineData("sh", "home/my pip.conf", "[global]\nbreak-system-packages = 1\nuser = no\n", "PIP_CONFIG_FILE")]
    [InlineData("pwsh", "home/.config/uv/uv.toml", "offline = true\n[pip]\nbreak-system-packages = true\n", null)]
    [FullInlineData("sh", "home/.config/uv/uv.toml", "offline = true\n[pip]\nbreak-system-packages = true\n", null)]
    public void Override_in_a_file_is_removed_and_the_rest_is_kept(string shell, string name, string text, string? variable)
    {
        string file = _world.Write(name, text);
        if (variable is not null)
        {
            _world.Set(variable, file);
        }
        Run(shell, $"Get-PipOverride {_world.Python}", $"pep668 overrides {_world.Python} --json");
        string now = File.ReadAllText(file);
        Assert.DoesNotMatch("break-system-packages", now);
        Assert.Matches("user = no|offline = true", now);
        Assert.Equal("[]", _world.Shell($"pep668 overrides {_world.Python} --json").Checked().Output.Trim());
    }

    [Theory]
    [InlineData("pwsh", "tiny=1.0")]
    [FullInlineData("sh", "tiny=1.0")]
    [FullInlineData("pwsh", "tiny 1.0")]
    [InlineData("sh", "tiny 1.0")]
    public void Requirement_with_a_typing_error_is_installed_in_its_version(string shell, string text)
    {
        _world.WithWheels().MakeVenv();
        Run(shell, $"Invoke-PipInstall {Quoted(text, shell)} -Environment ./.venv",
            $"pep668 install {Quoted(text, shell)} --environment ./.venv");
        Assert.Equal("1.0", _world.VersionOf("tiny"));
    }

    [Theory]
    [MemberData(nameof(OtherShells))]
    public void Environment_given_as_a_project_is_used_as_an_environment(string shell)
    {
        _world.WithWheels().MakeVenv();
        Run(shell, "Invoke-PipInstall tiny -Editable ./.venv", "pep668 install -e ./.venv tiny");
        Assert.Equal("2.0", _world.VersionOf("tiny"));
    }

    [Theory]
    [MemberData(nameof(Shells))]
    public void Broken_environment_works_afterwards(string shell)
    {
        _world.WithWheels().MakeVenv("tiny-1.0");
        foreach (string link in Directory.GetFiles(Path.Combine(_world.Venv, "bin"), "python*"))
        {
            File.Delete(link);
            File.CreateSymbolicLink(link, "/nonexistent/python3");
        }
        Run(shell, "Invoke-PipInstall leaf -Environment ./.venv", "pep668 install leaf --environment ./.venv");
        // The companion has no repair: it creates the environment again, empty.
        Assert.Matches(shell == "pwsh" ? "^1.0$" : "No module named 'tiny'", _world.VersionOf("tiny"));
        Assert.Equal(0, _world.Shell("./.venv/bin/python -m pip --version").ExitCode);
    }

    [Theory]
    [MemberData(nameof(OtherShells))]
    public void Existing_environment_is_used_or_created_elsewhere(string shell)
    {
        _world.WithWheels().MakeVenv("tiny-1.0");
        Run(shell, $"New-PythonVenv ./.venv -Python {_world.Python}", $"pep668 venv ./.venv --python {_world.Python}");
        Assert.Equal("1.0", _world.VersionOf("tiny"));
    }

    [Theory]
    [MemberData(nameof(OtherShells))]
    public void Interrupted_install_is_completed(string shell)
    {
        _world.WithWheels().MakeVenv();
        string note = _world.Write("project/.venv/.pep668-install",
            $"install of tiny\nInstall Package=tiny%3D%3D1.1 ArgumentList=--force-reinstall " +
            $"Environment={Uri.EscapeDataString(_world.Venv)}\n0\n0\n");
        Run(shell, "Invoke-PipInstall leaf -Environment ./.venv", "pep668 install leaf --environment ./.venv");
        Assert.Equal(("1.1", "1.0"), (_world.VersionOf("tiny"), _world.VersionOf("leaf")));
        Assert.False(File.Exists(note));
    }

    private string Run(string shell, string powerShell, string posix) => _world.RunRemedyOf(shell, shell == "pwsh" ? powerShell : posix);

    private static string Quoted(string value, string shell) =>
        shell == "pwsh" ? PowerShellRenderer.Instance.Quote(value) : PosixRenderer.Instance.Quote(value);
}
