namespace Pep668.Tests;

/// <summary><c>-E</c>, <c>--environment</c>, <c>-p</c> and <c>--python</c>, which have one meaning.</summary>
public sealed class EnvironmentOptionTests : IDisposable
{
    private readonly Companion _companion = new();

    public EnvironmentOptionTests()
    {
        _companion.World.Python("/usr", "3.11.2", "[externally-managed]\nError=use apt\n")
            .Write("/usr/lib/python3.11/site-packages/pip/__init__.py", "__version__ = '24.2'\n").Python("/opt/free", "3.12.1");
        _companion.Venv("/home/user/project/.venv", "/usr", "3.11.2");
    }

    public static TheoryData<string> Names => [.. TestExtent.Some<string>(["-E", "--python"], ["--environment", "-p"])];

    public void Dispose() => _companion.Dispose();

    [Theory]
    [MemberData(nameof(Names))]
    public void Environment_as_an_option_is_the_one_of_the_argument(string option)
    {
        string usr = _companion.At("/usr"), free = _companion.At("/opt/free");
        // The names are of one option.
        string[] others = TestExtent.IsFull || option is "-E" ? ["marker", "overrides", "packages", "list"] : [];
        foreach (string command in (string[])["check", .. others])
        {
            Assert.Equal(_companion.RunHere(command, usr), _companion.RunHere(command, option, usr));
            Assert.Contains("'/nowhere'", _companion.RunHere(command, option, "/nowhere").Exits(5).Error);
        }
        _companion.RunHere("check", option, usr).Exits(1);
        _companion.RunHere("check", option + "=" + free).Exits(0);
        Assert.Equal(2, _companion.RunHere("list", usr, option, free, "--json").Exits(0).Json().Length);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Environment_option_selects_where_packages_are_installed(string option)
    {
        // Without it, the .venv would be used, which is not managed.
        Assert.Contains("[ExternallyManagedEnvironment]",
            _companion.RunHere("install", "requests", option, _companion.At("/usr")).Exits(3).Error);
        Assert.Contains("[ExternallyManagedEnvironment]",
            _companion.RunHere("uninstall", "requests", option, _companion.At("/usr/bin/python3")).Exits(3).Error);
    }

    [Theory]
    [InlineData("check")]
    [FullInlineData("marker")]
    [FullInlineData("overrides")]
    [InlineData("packages")]
    public void Environment_that_is_given_twice_is_wrong_usage(string command)
    {
        Assert.Equal($"pep668: The environment was given twice: as an argument, and with --python.\n    pep668 {command} --help\n",
            _companion.RunHere(command, ".venv", "--python", ".venv").Exits(2).Error);
        Assert.Equal($"pep668: The option --environment was given more than once.\n    pep668 {command} --help\n",
            _companion.RunHere(command, "-E", ".venv", "-p", ".venv").Exits(2).Error);
    }

    [Fact]
    public void Option_python_of_venv_is_its_base()
    {
        Assert.Contains("[PythonNotFound]", _companion.RunHere("venv", "new", "-p", "2.1").Exits(5).Error);
        Assert.Contains("Unknown option '--environment'", _companion.RunHere("venv", "new", "--environment", "3.11").Exits(2).Error);
    }

    [Theory]
    [InlineData("-e .venv requests", "requests --environment .venv")]
    [FullInlineData("-e ./.venv/ requests --upgrade", "requests --upgrade --environment ./.venv/")]
    [InlineData("./.venv requests -e ./project", "requests --editable ./project --environment ./.venv")]
    public void Environment_after_the_option_of_a_project_is_explained(string arguments, string corrected)
    {
        _companion.World.Write("/home/user/project/project/pyproject.toml", "[project]\nname = 'it'\n");
        string given = arguments.Split(' ').First(one => one.Contains(".venv", StringComparison.Ordinal));
        Assert.Equal($"pep668: '{given}' is a virtual environment, not a project. [InvalidRequirement]\n  Recommendation:\n"
            + $"    installs into it:\n      pep668 install {corrected}\n",
            _companion.RunHere(["install", .. arguments.Split(' ')]).Exits(2).Error);
    }

    [Fact]
    public void Environment_without_a_package_has_no_recommended_command() =>
        Assert.Equal("pep668: '.venv' is a virtual environment, not a project. [InvalidRequirement]\n",
            _companion.RunHere("install", "-e", ".venv").Exits(2).Error);

    [Fact]
    public void Environment_to_remove_from_is_explained() =>
        Assert.EndsWith("    removes from it:\n      pep668 uninstall requests --environment ./.venv\n",
            _companion.RunHere("uninstall", "./.venv", "requests").Exits(2).Error);

    [Fact]
    public void Folder_of_a_project_that_is_an_environment_too_is_a_project()
    {
        _companion.World.Write("/home/user/project/.venv/setup.cfg", "");
        Assert.Contains("no pyproject.toml and no setup.py", _companion.RunHere("install", "-e", ".venv", "requests").Exits(2).Error);
        _companion.World.Write("/home/user/project/.venv/pyproject.toml", "");
        Assert.DoesNotContain("[InvalidRequirement]",
            _companion.RunHere("install", "-e", ".venv", "-E", _companion.At("/usr")).Exits(3).Error);
    }

    [Theory]
    [InlineData("check")]
    [FullInlineData("marker")]
    [FullInlineData("overrides")]
    [InlineData("packages")]
    public void Verbose_explains_on_stderr_which_environment_is_used(string command)
    {
        string venv = _companion.At("/home/user/project/.venv");
        string nearest = $"Using '{venv}/bin/python' because '{venv}' is the nearest .venv in this folder or a parent folder.\n";
        CompanionResult quiet = _companion.RunHere(command, "--json"), verbose = _companion.RunHere(command, "--json", "-v");
        Assert.DoesNotContain("because", quiet.Error);
        Assert.Equal(nearest + quiet.Error, verbose.Error);
        Assert.Equal(quiet.Output, verbose.Output);
        Assert.StartsWith($"Using '{_companion.At("/usr/bin/python3.11")}' because ",
            _companion.RunHere(command, "-E", _companion.At("/usr/bin/python3"), "--verbose", "--json").Error);
    }

    [Theory]
    [InlineData("install")]
    [InlineData("uninstall")]
    public void Verbose_explains_the_environment_of_a_change_too(string command)
    {
        string usr = _companion.At("/usr"), reason = $"Using '{usr}/bin/python3.11' because '{usr}' is a path.\n";
        Assert.StartsWith(reason, _companion.RunHere(command, "requests", "-E", usr, "--verbose").Exits(3).Error);
        Assert.DoesNotContain("because", _companion.RunHere(command, "requests", "-E", usr).Exits(3).Error);
    }
}
