namespace Pep668.Tests;

/// <summary>Root, and two other users without accounts: nobody uses, runs or changes what another one of them can
/// change.</summary>
public sealed class OtherUsersTests : IClassFixture<SmallPython>, IDisposable
{
    private const string First = "54321", Second = "54322";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pep668-users-");
    private readonly string _program;
    private readonly SmallPython _small;

    public OtherUsersTests(SmallPython small)
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && Tool.Exists("setpriv"), "needs root, to act as other users");
        // The other users may not be able to read the folder of the tests.
        string program = Path.Combine(_folder.FullName, "program");
        Tool.Run("sh", ["-c", "cp -r \"$1\" \"$2\" && chmod -R a+rX \"$3\"", "sh",
            Companion.ProgramFolder, program, _folder.FullName]).Checked();
        _program = Path.Combine(program, "pep668.dll");
        Home = Folder("first", First);
        _small = small;
    }

    /// <summary>The home of the first user.</summary>
    private string Home { get; }

    public void Dispose() => Tool.Run("rm", ["-rf", _folder.FullName]);

    [Fact]
    public void Dot_venv_of_a_user_is_used_by_that_user_only()
    {
        string project = Folder("first/project", First);
        Run(First, project, "venv", "--without-pip").Checked();
        Assert.Contains(Path.Combine(project, ".venv"), Run(First, project, "check", "--json").Output);
        foreach (string user in (string[])[Second, "0"])
        {
            Tool.Result other = Run(user, project, "check", "--json");
            Assert.Contains($"Other users can change '{project}/.venv'", other.Error);
            Assert.DoesNotContain(Path.Combine(project, ".venv"), other.Output);
            Assert.Contains(".venv", Run(user, project, "check", "--json", "--environment", ".venv").Output);
        }
        Tool.Run("chmod", ["777", Path.Combine(project, ".venv")]).Checked();
        Assert.Contains("Other users can change", Run(First, project, "check", "--json").Error);
    }

    [Fact]
    public void Package_that_a_user_cannot_remove_has_one_sentence_and_no_code_of_pip()
    {
        string venv = Path.Combine(Folder("packages", "0"), "venv");
        RunWith(["env", "PEP668_CACHE_DIR=" + SharedSeeds.Cache], "0", _folder.FullName, "venv", venv).Checked();
        string metadata = Directory.GetDirectories(venv + "/lib", "pip-*.dist-info", SearchOption.AllDirectories)[0];
        foreach (string option in (string[])["--input", "--what-if"])
        {
            string[] more = option is "--what-if" ? ["--what-if", "--input"] : ["--input"];
            Tool.Result result = RunWith(["env", "TMPDIR=" + Home], First, Home, ["resource", "PipPackage", "set", .. more,
                $$"""{"environment": "{{venv}}", "name": "pip", "_exist": false}"""]);
            Assert.Equal(
                $"pep668: 'pip' cannot be installed or removed: you may not write to '{Path.GetDirectoryName(metadata)}'. [PipFailed]",
                result.Error.Trim());
        }
    }

    [Fact]
    public void Home_that_does_not_exist_is_not_a_folder_named_with_a_tilde()
    {
        Tool.Result result = RunWith(["env", "HOME=/nonexistent"], First, Home,
            "resource", "PythonVenv", "set", "--input", """{"path": "~/x"}""");
        Assert.Contains("'/nonexistent/x'", result.Error);
        Assert.False(Directory.Exists(Path.Combine(Home, "~")));
    }

    [Fact]
    public void Environment_that_a_user_cannot_write_is_not_reported_as_not_created()
    {
        string venv = Path.Combine(Folder("outside", "0"), "venv");
        Run("0", _folder.FullName, "venv", venv, "--without-pip").Checked();
        string before = TreeSnapshot.Describe(venv);
        Tool.Result changed = Run(First, Home, "resource", "PythonVenv", "set", "--input", $$"""{"path": "{{venv}}", "prompt": "x"}""");
        Assert.Equal($"pep668: '{venv}' could not be changed: permission denied. [VenvNotWritten]", changed.Error.Trim());
        foreach ((string path, string more) in ((string, string)[])[(venv, ", \"prompt\": \"x\""), (venv + "2", "")])
        {
            string named = path == venv ? venv : Path.GetDirectoryName(venv)!;
            Tool.Result planned =
                Run(First, Home, "resource", "PythonVenv", "set", "--what-if", "--input", $$"""{"path": "{{path}}"{{more}}}""");
            Assert.Equal(
                $"pep668: '{path}' cannot be created or changed: you may not write to '{named}'. [VenvNotWritten]", planned.Error.Trim());
        }
        Tool.Result replaced = Run(First, Home, "venv", venv, "--without-pip", "--force");
        Assert.StartsWith($"pep668: '{venv}' could not be replaced: ", replaced.Error);
        Assert.Equal(before, TreeSnapshot.Describe(venv));
    }

    [Fact]
    public void Root_with_the_home_of_a_user_creates_and_follows_nothing_there()
    {
        string outside = Folder("outside", "0");
        foreach (string[] command in (string[][])[[], .. Tool.Exists("sudo") ? (string[][])[["sudo", "-n", "-E"]] : []])
        {
            foreach (string planted in TestExtent.Some<string>(["", ".cache/pep668"], [".cache", ".cache/pep668/seeds"]))
            {
                Tool.Run("rm", ["-rf", Path.Combine(Home, ".cache")]).Checked();
                if (planted.Length > 0)
                {
                    string link = Path.Combine(Home, planted);
                    Folder("first/" + Path.GetDirectoryName(planted), First);
                    File.CreateSymbolicLink(link, outside);
                    Tool.Run("chown", ["-h", First, link]).Checked();
                }
                string[] before = Everything(Home);
                string venv = Path.Combine(_folder.FullName, "of-root");
                Tool.Run("rm", ["-rf", venv]).Checked();
                RunWith(command, "0", _folder.FullName, "venv", venv, "--python", _small.Executable).Checked();
                VenvCompleteness.Check(venv);
                RunWith(command, "0", _folder.FullName, "venv", "--clear-cache");
                Assert.Equal(before, Everything(Home));
                Assert.Empty(Directory.GetFileSystemEntries(outside));
            }
        }
    }

    [Fact]
    public void Root_does_not_run_the_uv_in_the_home_of_a_user()
    {
        string ran = Path.Combine(_folder.FullName, "ran"), uv = Path.Combine(Folder("first/.local/bin", First), "uv");
        File.WriteAllText(uv, $"#!/bin/sh\necho ran >> '{ran}'\nexit 1\n");
        Tool.Run("chmod", ["755", uv]).Checked();
        Tool.Run("chown", [First, uv]).Checked();
        string venv = Path.Combine(_folder.FullName, "of-root");
        Run("0", _folder.FullName, "venv", venv, "--python", Python, "--without-pip").Checked();
        Tool.Result result = Run("0", _folder.FullName, "install", "x", "--environment", venv, "--installer", "uv", "--no-index");
        Assert.False(File.Exists(ran), result.Error);
        Assert.Contains("UvNotFound", result.Error);
    }

    [Fact]
    public void Lock_of_another_user_or_program_is_not_changed()
    {
        string venv = Path.Combine(_folder.FullName, "of-root"), note = Path.Combine(venv, ".pep668-install");
        Assert.Null(new VenvMaker(SharedSeeds.Cache, python: _small.Executable).Make(venv).Failure);
        string theirs = Path.Combine(_folder.FullName, "theirs");
        foreach (string kind in (string[])["hard link", "symbolic link", "another user", "other content", "FIFO", "folder"])
        {
            File.WriteAllText(theirs, "precious\n");
            Tool.Run("sh", ["-c", kind switch
            {
                "hard link" => "ln \"$1\" \"$2\"",
                "symbolic link" => "ln -s \"$1\" \"$2\"",
                "another user" => $"echo precious > \"$2\" && chown {First} \"$2\"",
                "other content" => "echo precious > \"$2\"",
                "FIFO" => "mkfifo \"$2\"",
                _ => "mkdir \"$2\"",
            }, "sh", theirs, note]).Checked();
            Tool.Result result = Run("0", _folder.FullName, "install", "pep668-does-not-exist", "--environment", venv, "--no-index");
            Assert.True(result.ExitCode == 4, $"{kind}: {result}");
            Assert.Equal("precious\n", File.ReadAllText(theirs));
            Assert.True(Path.Exists(note), kind);
            if (kind is "another user" or "other content")
            {
                Assert.Equal("precious\n", File.ReadAllText(note));
            }
            Tool.Run("rm", ["-rf", note]).Checked();
        }
    }

    private static string Python => Interpreters.Newest(Needs.Venv | Needs.Ensurepip).Executable;

    private string Folder(string name, string user)
    {
        string path = Directory.CreateDirectory(Path.Combine(_folder.FullName, name)).FullName;
        Tool.Run("chown", [$"{user}:{user}", path]).Checked();
        return path;
    }

    private static string[] Everything(string folder) =>
        [.. Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];

    private Tool.Result Run(string user, string folder, params string[] arguments) => RunWith([], user, folder, arguments);

    private Tool.Result RunWith(string[] command, string user, string folder, params string[] arguments)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["HOME"] = Home, ["PATH"] = "/usr/bin:/bin", ["DOTNET_TieredPGO"] = "0", ["DOTNET_TC_CallCounting"] = "0",
        };
        string[] all =
            [.. command, "setpriv", "--reuid", user, "--regid", user, "--clear-groups", Companion.Command[0], _program, .. arguments];
        return Tool.Run(all[0], all[1..], folder, variables);
    }
}
