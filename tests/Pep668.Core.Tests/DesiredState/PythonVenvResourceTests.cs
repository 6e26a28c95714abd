using Pep668.DesiredState;

namespace Pep668.Tests.DesiredState;

/// <summary>The state of virtual environments, with real Pythons and pips.</summary>
public sealed class PythonVenvResourceTests : IDisposable
{
    private readonly ResourceWorld _world = new();
    private readonly string _path;
    private readonly Interpreter _newest = Interpreters.Newest(Needs.Ensurepip);

    public PythonVenvResourceTests() => _path = Path.Combine(_world.Folder, "app");

    public void Dispose() => _world.Dispose();

    private string Python => Path.Combine(_path, OperatingSystem.IsWindows() ? "Scripts/python.exe" : "bin/python");

    [Fact]
    public void State_is_planned_then_set_and_then_unchanged()
    {
        string desired = State($$"""
            "python": "{{_newest.Executable}}", "prompt": "it's", "requirements": ["tiny==1.0", "other; python_version < '3'"]
            """);
        Assert.Equal(["_exist"], _world.Differing("PythonVenv", desired));

        ResourceChange made = _world.SetAsPlanned("PythonVenv", desired);
        Assert.Contains("pipVersion", made.Changed);
        Assert.Equal((false, true), (made.Before.Exists, made.After.Exists));
        Assert.Equal("tiny", Tool.Run(Python, ["-c", "import tiny; print(tiny.__name__)"]).Checked().Output.Trim());

        string before = TreeSnapshot.Describe(_path);
        for (int round = 0; round < 10; round++)
        {
            Assert.Empty(_world.Set("PythonVenv", desired).Changed);
        }
        Assert.Equal(before, TreeSnapshot.Describe(_path));
        Assert.Empty(_world.Differing("PythonVenv", desired));
    }

    [Theory]
    [InlineData("""  "requirements": []  """)]
    [InlineData("""  "systemSitePackages": true  """)]
    [FullInlineData("""  "prompt": "a b", "requirements": ["leaf"]  """)]
    public void Plan_of_a_new_environment_lists_what_set_changes(string more) => _world.SetAsPlanned("PythonVenv", State(more));

    [Fact]
    public void Prompt_that_venv_of_an_old_Python_does_not_record_is_reached_at_once()
    {
        string desired = State($"""  "python": "{Interpreters.Need("3.7", Needs.Ensurepip).Executable}", "prompt": "a b"  """);
        Assert.Equal("a b", _world.SetAsPlanned("PythonVenv", desired).After.Text("prompt"));
        Assert.Empty(_world.Set("PythonVenv", desired).Changed);
    }

    [Fact]
    public void Plan_of_a_repair_of_pip_lists_what_set_changes()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "removes a link");
        _world.Set("PythonVenv", State(""));
        foreach (string folder in Directory.GetDirectories(_world.Get("PipPackage", Package("pip")).Text("location")!, "pip*"))
        {
            Directory.Delete(folder, recursive: true);
        }
        File.Delete(Python);
        File.CreateSymbolicLink(Python, "/nowhere/python3");
        Assert.Contains("pipVersion", _world.SetAsPlanned("PythonVenv", State("")).Changed);
    }

    [Fact]
    public void Plan_of_a_new_pip_lists_its_version()
    {
        _world.Set("PythonVenv", State(""));
        _world.Install.Wheels.Add("pip", "99.0", assigned: "__version__");
        Assert.Equal(["pipVersion", "requirements"],
            _world.SetAsPlanned("PythonVenv", State("""  "requirements": ["pip>=99"]  """)).Changed.Order());
    }

    [Fact]
    public void Settings_change_in_place_and_packages_are_kept()
    {
        _world.Set("PythonVenv", State("""  "requirements": ["tiny==1.0"]  """));
        string desired = State("""  "prompt": "other", "systemSitePackages": true, "requirements": ["tiny"]  """);
        Assert.Equal(["systemSitePackages", "prompt"], _world.Differing("PythonVenv", desired));
        ResourceChange change = _world.SetAsPlanned("PythonVenv", desired);
        Assert.Equal(["systemSitePackages", "prompt"], change.Changed);
        Assert.Equal("1.0", _world.Get("PipPackage", Package("tiny")).Text("version"));
        string prompt = Tool.Run("/bin/sh", ["-c", $". '{_path}/bin/activate'; echo \"$VIRTUAL_ENV_PROMPT\""]).Checked().Output;
        Assert.Equal("other", prompt.Trim(' ', '(', ')', '\n'));
        string path = Tool.Run(Python, ["-c", "import sys; print([p for p in sys.path if not p.startswith(sys.prefix)])"]).Checked().Output;
        Assert.Contains("-packages", path);
        Assert.Equal(["systemSitePackages"], _world.Set("PythonVenv", State("""  "systemSitePackages": false  """)).Changed);
        Assert.Equal("other", _world.Get("PythonVenv", State("")).Text("prompt"));
    }

    [Fact]
    public void Requirements_change_only_what_is_not_satisfied()
    {
        _world.Set("PythonVenv", State("""  "requirements": ["tiny==1.0", "leaf"]  """));
        DateTime Leaf() => File.GetLastWriteTimeUtc(Path.Combine(_world.Get("PipPackage", Package("leaf")).Text("location")!, "leaf"));
        DateTime leaf = Leaf();
        ResourceChange change = _world.SetAsPlanned("PythonVenv", State("""  "requirements": ["tiny>=2", "leaf"]  """));
        Assert.Equal(["requirements"], change.Changed);
        Assert.Equal("2.0", _world.Get("PipPackage", Package("tiny")).Text("version"));
        Assert.Equal(leaf, Leaf());
    }

    [Fact]
    public void Other_Python_replaces_the_environment_with_a_warning()
    {
        Interpreter other = Interpreters.Need(
            one => one.Meets(Needs.Venv | Needs.Ensurepip) && one.IsCPython && one.Series != _newest.Series, "another Python");
        _world.Set("PythonVenv", State($"""  "python": "{other.Executable}", "prompt": "kept", "requirements": ["leaf"]  """));
        string desired = State($"""  "python": "{_newest.Executable}", "requirements": ["tiny"]  """);
        Assert.Equal(["python", "requirements"], _world.Differing("PythonVenv", desired));
        Outcome<ResourceChange> planned = _world.TrySet("PythonVenv", desired, isPlan: true), made = _world.TrySet("PythonVenv", desired);
        Assert.Contains("would be replaced", Assert.Single(planned.Notices).Message);
        Assert.Contains($"was replaced, because it had Python {other.Version.ToString(3)}", Assert.Single(made.Notices).Message);
        ResourceState after = made.Value().After;
        Assert.Equal(made.Value().Changed.Order(), planned.Value().Changed.Order());
        Assert.Equal(("kept", _newest.Version.ToString(3)), (after.Text("prompt"), after.Text("version")));
        Assert.False(_world.Get("PipPackage", Package("leaf")).Exists);
        Assert.True(_world.Get("PipPackage", Package("tiny")).Exists);
    }

    [Fact]
    public void Environment_is_not_replaced_if_its_requirements_cannot_be_installed()
    {
        Interpreter other = Interpreters.Need(
            one => one.Meets(Needs.Venv | Needs.Ensurepip) && one.IsCPython && one.Series != _newest.Series, "another Python");
        _world.Set("PythonVenv", State($"""  "python": "{other.Executable}", "requirements": ["leaf"]  """));
        string before = TreeSnapshot.Describe(_path);
        string desired = State($"""  "python": "{_newest.Executable}", "requirements": ["tiny", "nosuch"]  """);
        Assert.Equal(FailureId.PipFailed, _world.TrySet("PythonVenv", desired, isPlan: true).Failure?.Id);
        Assert.Equal(FailureId.PipFailed, _world.TrySet("PythonVenv", desired).Failure?.Id);
        Assert.Equal(before, TreeSnapshot.Describe(_path));
    }

    [Fact]
    public void Requirements_that_do_not_fit_together_are_refused_whatever_is_installed()
    {
        _world.Set("PythonVenv", State("""  "requirements": ["tiny==1.0", "Top.Name"]  """));
        foreach (string requirements in (string[])["""  "Top.Name", "tiny==2.0"  """, """  "tiny==1.0", "tiny==2.0"  """])
        {
            string desired = State($"""  "requirements": [{requirements}]  """);
            Assert.Equal(FailureId.PipFailed, _world.TrySet("PythonVenv", desired, isPlan: true).Failure?.Id);
            Assert.Equal(FailureId.PipFailed, _world.TrySet("PythonVenv", desired).Failure?.Id);
        }
        Assert.Equal("1.0", _world.Get("PipPackage", Package("tiny")).Text("version"));
    }

    [Fact]
    public void Requirement_with_extras_is_satisfied_by_what_they_require_as_pip_finds()
    {
        AddExtras();
        _world.Set("PythonVenv", State("""  "requirements": ["multi", "Top.Name"]  """));
        string[] all = ["multi", "multi[a]>=1", "multi[A]", "multi[all]", "multi[cond]", "multi[nested]", "multi[new]", "multi[circle]",
            "multi[nosuch]", "multi[undeclared]", "multi[cond,a]", "Multi[cond]<2", "multi[a]; python_version < '3'"];
        foreach (string added in (string[])["", "leaf==1.0", "leaf==2.0"])
        {
            if (added.Length > 0)
            {
                Pip("install", added);
            }
            // Without leaf, each is asked for: with it, those that require it.
            string[] some = added.Length == 0 || TestExtent.IsFull ? all
                : ["multi[a]>=1", "multi[all]", "multi[new]", "multi[nested]", "multi[cond,a]"];
            IReadOnlyList<string> runs = PipDryRuns.Output(Python, [.. some.Select(one => (string[])[one, .. Source])]);
            foreach ((string one, string output) in some.Zip(runs))
            {
                bool isSatisfied = !output.Contains("Would install", StringComparison.Ordinal);
                IReadOnlyList<string> differing = _world.Differing("PythonVenv", State($"""  "requirements": ["{one}"]  """));
                Assert.True(isSatisfied == (differing.Count == 0), $"{one} with '{added}': pip {isSatisfied}");
            }
        }
    }

    [Fact]
    public void Missing_requirement_of_an_extra_is_installed_and_then_nothing_is_changed()
    {
        AddExtras();
        _world.Set("PythonVenv", State("""  "requirements": ["multi"]  """));
        string desired = State("""  "requirements": ["multi[all]>=1"]  """);
        Assert.Equal(["requirements"], _world.SetAsPlanned("PythonVenv", desired).Changed);
        Assert.True(_world.Get("PipPackage", Package("leaf")).Exists);
        Assert.Empty(_world.Set("PythonVenv", desired).Changed);
        Pip("uninstall", "--yes", "leaf");
        Assert.Equal(["requirements"], _world.Differing("PythonVenv", desired));
    }

    [Fact]
    public void Requirement_with_a_URL_is_satisfied_by_what_came_from_there()
    {
        string wheel = _world.Install.Wheels.PathOf("leaf-1.0");
        string digest = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(wheel)));
        _world.Set("PythonVenv", State("""  "requirements": ["leaf==1.0"]  """));
        string desired = State($"""  "requirements": ["leaf @ file://{wheel}#sha256={digest}"]  """);
        Assert.Equal(["requirements"], _world.Set("PythonVenv", desired).Changed);
        Assert.Empty(_world.Set("PythonVenv", desired).Changed);
    }

    [Theory]
    [InlineData("back\\\\slash")]
    [InlineData("both ' and \\\"")]
    public void Prompt_with_escapes_is_set_once(string prompt)
    {
        _world.Set("PythonVenv", State(""));
        string desired = State($"""  "prompt": "{prompt}"  """);
        Assert.Equal(["prompt"], _world.Set("PythonVenv", desired).Changed);
        Assert.Empty(_world.Set("PythonVenv", desired).Changed);
    }

    [Theory]
    [InlineData(">=3.6", true)]
    [InlineData("<3", false)]
    [InlineData("pypy", false)]
    public void Version_constraint_is_compared_with_the_environment(string python, bool fits)
    {
        _world.Set("PythonVenv", State($"""  "python": "{_newest.Executable}"  """));
        Assert.Equal(fits ? [] : ["python"], _world.Differing("PythonVenv", State($"""  "python": "{python}"  """)));
    }

    [Fact]
    public void Broken_environment_is_not_in_the_desired_state_and_is_repaired()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "removes a link");
        _world.Set("PythonVenv", State("""  "requirements": ["tiny"]  """));
        File.Delete(Python);
        File.CreateSymbolicLink(Python, "/nowhere/python3");
        Assert.Equal(["health"], _world.Differing("PythonVenv", State("")));
        Assert.Empty(_world.TrySet("PythonVenv", State(""), isPlan: true).Failures);
        Assert.Equal("/nowhere/python3", new FileInfo(Python).LinkTarget);
        ResourceChange change = _world.SetAsPlanned("PythonVenv", State(""));
        Assert.Contains("health", change.Changed);
        Tool.Run(Python, ["-c", "import tiny"]).Checked();
    }

    [Fact]
    public void Absent_environment_is_removed_once()
    {
        string absent = State("""  "_exist": false  """);
        Assert.Empty(_world.Set("PythonVenv", absent).Changed);
        _world.Set("PythonVenv", State(""));
        Assert.Contains("_exist", _world.Set("PythonVenv", absent, isPlan: true).Changed);
        Assert.True(File.Exists(Python));
        Assert.False(_world.Set("PythonVenv", absent).After.Exists);
        Assert.False(Directory.Exists(_path));
        Assert.Empty(_world.Set("PythonVenv", absent).Changed);
    }

    [Fact]
    public void Folder_with_other_files_is_neither_replaced_nor_removed()
    {
        string file = _world.Install.Write("app/notes.txt", "mine");
        Assert.Equal(FailureId.VenvAlreadyExists, _world.TrySet("PythonVenv", State("")).Failure?.Id);
        Assert.Equal(FailureId.VenvAlreadyExists, _world.TrySet("PythonVenv", State(""), isPlan: true).Failure?.Id);
        Assert.Empty(_world.Set("PythonVenv", State("""  "_exist": false  """)).Changed);
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Python_that_cannot_be_used_has_a_recommendation_about_the_property(bool exists)
    {
        Interpreter old = Interpreters.Need("2.7");
        if (exists)
        {
            _world.Set("PythonVenv", State(""));
        }
        _world.Install.Set("PATH", $"{Path.GetDirectoryName(old.Executable)}:{Path.GetDirectoryName(_newest.Executable)}");
        foreach (bool isPlan in (bool[])[true, false])
        {
            Failure failure = _world.TrySet("PythonVenv", State("""  "python": "<3"  """), isPlan).Failure!;
            Assert.Equal(FailureId.PythonNotFound, failure.Id);
            Remedy remedy = Assert.Single(failure.Remedies);
            Assert.Matches("^lists the Pythons that the property 'python' can name, such as '[^']+'$", remedy.Reason);
            Assert.Equal(ProductCommand.ListEnvironments, Assert.IsType<ProductStep>(Assert.Single(remedy.Steps)).Command);
        }
    }

    [Fact]
    public void Recommendation_creates_no_environment_apart_from_its_state()
    {
        _world.Install.Write("app/notes.txt", "mine");
        Assert.Empty(_world.TrySet("PythonVenv", State("")).Failure!.Remedies);
        Failure missing = _world.TrySet("PythonVenv", State("""  "python": ">=9"  """)).Failure!;
        Assert.Equal("lists the Pythons that the property 'python' can name", Assert.Single(missing.Remedies).Reason);
    }

    [Theory]
    [InlineData("")]
    [InlineData("home = /usr/bin\n")]
    public void Folder_with_a_config_and_other_files_is_not_an_environment(string config)
    {
        _world.Install.Write("app/pyvenv.cfg", config);
        _world.Install.Write("app/notes.txt", "mine");
        string before = TreeSnapshot.Describe(_path);
        Assert.Equal(["_exist"], _world.Differing("PythonVenv", State("")));
        foreach (bool isPlan in (bool[])[true, false])
        {
            Failure failure = _world.TrySet("PythonVenv", State(""), isPlan).Failure!;
            Assert.Equal(FailureId.VenvAlreadyExists, failure.Id);
            Assert.Contains("contains files that are not part of a virtual environment (notes.txt)", failure.Message);
        }
        Assert.Empty(_world.Set("PythonVenv", State("""  "_exist": false  """)).Changed);
        Assert.Equal(before, TreeSnapshot.Describe(_path));
    }

    [Fact]
    public void Folder_with_a_config_alone_is_repaired()
    {
        _world.Install.Write("app/pyvenv.cfg", "");
        Assert.Contains("health", _world.SetAsPlanned("PythonVenv", State("")).Changed);
    }

    [Fact]
    public void Broken_environment_with_other_files_is_repaired()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "removes a link");
        _world.Set("PythonVenv", State(""));
        string file = _world.Install.Write("app/notes.txt", "mine");
        foreach (string link in Directory.GetFiles(Path.GetDirectoryName(Python)!, "python*"))
        {
            File.Delete(link);
        }
        Assert.Contains("health", _world.SetAsPlanned("PythonVenv", State("")).Changed);
        Assert.Equal("mine", File.ReadAllText(file));
    }

    [Fact]
    public void Link_to_what_does_not_exist_is_named_as_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "creates a link");
        File.CreateSymbolicLink(_path, "/nowhere/app");
        foreach (bool isPlan in (bool[])[true, false])
        {
            Assert.Equal($"'{_path}' is a link to '/nowhere/app', which does not exist; it was not replaced.",
                _world.TrySet("PythonVenv", State(""), isPlan).Failure?.Message);
        }
        Assert.Equal("/nowhere/app", new FileInfo(_path).LinkTarget);
    }

    [Fact]
    public void Python_that_is_not_found_is_an_error() => Assert.Equal(
        FailureId.PythonNotFound, _world.TrySet("PythonVenv", State("""  "python": ">=9"  """), isPlan: true).Failure?.Id);

    [Theory]
    [InlineData(3, FailureId.PipFailed)]
    [InlineData(300, FailureId.VenvNotWritten)]
    public void Warning_of_a_creation_is_handed_on_if_it_or_a_later_step_fails(int nameLength, FailureId id)
    {
        string python = CopiedPython.Make(Path.Combine(_world.Folder, "base"), _newest, marker: false);
        string module = Path.Combine(_world.Folder, "base", "lib", Path.GetFileName(python), "py_compile.py");
        File.Delete(module);
        File.WriteAllText(module, "raise SystemExit('not here')\n");
        _world.Install.Set("PEP668_CACHE_DIR", Path.Combine(_world.Folder, "cache"));
        Outcome<ResourceChange> outcome = _world.TrySet("PythonVenv", $$"""
            {"path": "{{_world.Folder}}/{{new string('x', nameLength)}}", "python": "{{python}}", "requirements": ["tiny"],
                {{_world.Source}}}
            """);
        Assert.Equal(id, outcome.Failure?.Id);
        Assert.Contains("the first start of pip takes longer", Assert.Single(outcome.Notices).Message);
    }

    [Fact]
    public void Requirement_that_is_not_found_is_an_error_and_the_next_set_converges()
    {
        string desired = State("""  "requirements": ["nosuch"]  """);
        Outcome<ResourceChange> outcome = _world.TrySet("PythonVenv", desired, isPlan: false, out bool hasChanged);
        Assert.Equal((FailureId.PipFailed, true), (outcome.Failure?.Id, hasChanged));
        outcome = _world.TrySet("PythonVenv", desired, isPlan: false, out hasChanged);
        Assert.Equal((FailureId.PipFailed, false), (outcome.Failure?.Id, hasChanged));
        Assert.Equal(["requirements"], _world.Set("PythonVenv", State("""  "requirements": ["tiny"]  """)).Changed);
    }

    [Fact]
    public void Export_is_a_desired_state_that_is_reached()
    {
        _world.Set("PythonVenv", State(""));
        ResourceType type = ResourceWorld.Type("PythonVenv");
        ResourceState exported = Assert.Single(type.Export(_world.Host, ResourceState.Empty.With("path", _path)).Value());
        string json = System.Text.Encoding.UTF8.GetString(ResourceJson.Write(exported));
        Assert.Empty(_world.Differing("PythonVenv", json));
        Assert.Empty(type.Export(_world.Host, ResourceState.Empty.With("path", _path + "2")).Value());
    }

    private void AddExtras() => _world.Install.Wheels.Add("leaf", "2.0").Add("multi", "1.0", string.Concat(
        ((string[])["a", "all", "cond", "nested", "new", "circle"]).Select(extra => $"Provides-Extra: {extra}\n")) + """
        Requires-Dist: leaf (>=1) ; extra == 'a'
        Requires-Dist: multi[a] ; extra == 'all'
        Requires-Dist: other ; python_version < '3' and extra == 'cond'
        Requires-Dist: Top.Name[more] ; extra == 'nested'
        Requires-Dist: leaf (>=2) ; extra == 'new'
        Requires-Dist: multi[circle] ; extra == 'circle'
        Requires-Dist: other ; extra == 'undeclared'

        """);

    private string[] Source => ["--no-index", "--find-links", _world.Install.Wheels.Folder];

    private void Pip(params string[] arguments)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PIP_CONFIG_FILE"] = "/dev/null" };
        string[] source = arguments[0] is "install" ? Source : [];
        Tool.Run(Python, ["-m", "pip", .. arguments, .. source], _world.Folder, variables).Checked();
    }

    private string State(string more)
    {
        more = more.Trim().Length == 0 ? "" : $", {more}";
        string python = more.Contains("\"python\"", StringComparison.Ordinal) || Directory.Exists(_path) ? ""
            : $", \"python\": \"{_newest.Executable}\"";
        return $$"""{"path": "{{_path}}", {{_world.Source}}{{python}}{{more}}}""";
    }

    private string Package(string name) => $$"""{"environment": "{{_path}}", "name": "{{name}}"}""";
}
