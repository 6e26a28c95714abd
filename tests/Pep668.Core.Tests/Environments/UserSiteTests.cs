using System.Text.Json;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Environments;

/// <summary>The folder of the user's own distributions, as the real interpreters report it.</summary>
public sealed class UserSiteTests : IDisposable
{
    private const string Script = """
        import json, os, pwd, site
        print(json.dumps([site.getuserbase(), site.getusersitepackages(), bool(site.ENABLE_USER_SITE), pwd.getpwuid(os.getuid()).pw_dir]))
        """;

    // HOME and PYTHONUSERBASE as they are set in a shell; "-" is unset.
    private static readonly (string Home, string UserBase, string NoUserSite)[] Variables =
    [
        ("/home/someone", "-", "-"), ("/home/someone//", "-", "-"), ("", "-", "-"), ("/", "-", "-"), ("//", "-", "-"), ("-", "-", "-"),
        ("relative", "-", "-"), ("~", "-", "-"), ("/home/someone", "", ""), ("/home/someone", "/opt/base", "-"), ("-", "/opt/base/", "-"),
        ("/home/someone", "relative/base", "-"), ("/home/someone", "~/base", "-"), ("/home/someone", "../base", "1"), ("/home/someone",
        "-", "0"), ("/home/someone", "-", " -00"),
        ("/home/someone", "-", "0 "), ("/home/someone", "-", "no"), ("/home/someone", "-", "-2"),
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-user-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Executables => Interpreters.All.Count == 0
        ? [new TheoryDataRow<string>("") { Skip = "needs CPython" }]
        : [.. Interpreters.Sample(Interpreters.All).Select(one => one.Executable)];

    [Theory]
    [MemberData(nameof(Executables))]
    public void UserSite_is_the_folder_that_the_interpreter_reports(string executable) => AssertAgrees(executable);

    [Theory]
    [InlineData("3.6", false)]
    [InlineData("3.6", true)]
    [InlineData("newest", false)]
    [InlineData("newest", true)]
    public void Virtual_environment_uses_user_site_with_system_site_packages_only(string python, bool includesSystem)
    {
        string venv = Path.Combine(_folder, "venv");
        string[] options = includesSystem ? ["--without-pip", "--system-site-packages"] : ["--without-pip"];
        Tool.Run(Interpreters.Need(python, Needs.Venv).Executable, ["-m", "venv", .. options, venv]).Checked();
        AssertAgrees(Path.Combine(venv, "bin", "python"));
    }

    [Theory]
    [InlineData(nameof(Platform.Linux), "CPython", "3.13.1", true, null, "/usr/lib/python3.13t",
        "/home/user/.local/lib/python3.13t/site-packages")]
    [InlineData(
        nameof(Platform.Linux), "CPython", "3.13.1", false, null, "/usr/lib64/python3.13",
        "/home/user/.local/lib/python3.13/site-packages")]
    [InlineData(nameof(Platform.Linux), "PyPy", "3.7.13", false, null, "/opt/pypy3.7/lib-python/3",
        "/home/user/.local/lib/pypy3.7/site-packages")]
    [InlineData(nameof(Platform.Linux), "PyPy", "3.10.14", false, null, "/opt/pypy/lib/pypy3.10",
        "/home/user/.local/lib/pypy3.10/site-packages")]
    [InlineData(
        nameof(Platform.MacOS), "CPython", "3.12.1", false, null, "/opt/python/lib/python3.12",
        "/home/user/.local/lib/python3.12/site-packages")]
    [InlineData(
        nameof(Platform.MacOS), "CPython", "3.12.1", false, null, "/Library/Frameworks/Python.framework/Versions/3.12/lib/python3.12",
        "/home/user/Library/Python/3.12/lib/python/site-packages")]
    [InlineData(
        nameof(Platform.MacOS), "CPython", "3.13.1", true, null, "/Library/Frameworks/PythonT.framework/Versions/3.13/lib/python3.13t",
        "/home/user/Library/PythonT/3.13/lib/python/site-packages")]
    [InlineData(
        nameof(Platform.MacOS), "CPython", "3.9.6", false, null,
        "/Library/Developer/CommandLineTools/Library/Frameworks/Python3.framework/Versions/3.9/lib/python3.9",
        "/home/user/Library/Python/3.9/lib/python/site-packages")]
    [InlineData(nameof(Platform.Windows), "CPython", "3.9.9", false, "x86", "/py/Lib", "/appdata/Python/Python39/site-packages")]
    [InlineData(nameof(Platform.Windows), "CPython", "3.11.9", false, "x86_64", "/py/Lib", "/appdata/Python/Python311/site-packages")]
    [InlineData(nameof(Platform.Windows), "CPython", "3.11.9", false, "x86", "/py/Lib", "/appdata/Python/Python311-32/site-packages")]
    [InlineData(nameof(Platform.Windows), "CPython", "3.13.1", true, "aarch64", "/py/Lib",
        "/appdata/Python/Python313t-arm64/site-packages")]
    [InlineData(nameof(Platform.Windows), "PyPy", "2.7.18", false, "x86_64", "/py/lib-python/2.7", "/appdata/Python/PyPy27/site-packages")]
    public void UserSite_on_other_platforms_follows_site_py(
        string platform, string implementation, string version, bool isFreeThreaded, string? architecture, string stdlib, string expected)
    {
        var environment = new PythonEnvironment
        {
            Implementation = implementation, VersionInfo = System.Version.Parse(version), StdLib = stdlib,
            IsFreeThreaded = isFreeThreaded, Architecture = architecture,
        };
        using var world = new World();
        Assert.Equal(expected,
            UserSite.Find(world.Set("APPDATA", "/appdata").Machine with { Platform = Enum.Parse<Platform>(platform) }, environment));
    }

    [Fact]
    public void UserSite_on_Windows_without_application_data_is_in_the_home_folder()
    {
        var environment = new PythonEnvironment { VersionInfo = new(3, 11, 9), StdLib = "/py/Lib" };
        using var world = new World();
        string? found = UserSite.Find(world.Machine with { Platform = Platform.Windows }, environment);
        Assert.Equal("/home/user/Python/Python311/site-packages", found);
    }

    [Fact]
    public void UserSite_below_a_root_folder_is_that_of_its_root_user()
    {
        using var world = new World();
        world.Python("/usr", "3.11.2");
        Machine image = Machine.Under(world.Folder);
        PythonEnvironment found = new EnvironmentReader(image.Files).Read("/usr/bin/python3.11").Environment!;
        Assert.Equal("/root/.local/lib/python3.11/site-packages", UserSite.Find(image, found));
    }

    private void AssertAgrees(string executable)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no env program");
        PythonEnvironment environment = new EnvironmentReader(FileTree.Host).Read(executable).Environment!;
        foreach ((string home, string userBase, string noUserSite) in Variables)
        {
            Dictionary<string, string> variables = new(StringComparer.Ordinal)
            {
                ["HOME"] = home, ["PYTHONUSERBASE"] = userBase, ["PYTHONNOUSERSITE"] = noUserSite,
            };
            foreach (string name in variables.Keys.Where(name => variables[name] is "-").ToArray())
            {
                variables.Remove(name);
            }
            string[] command = ["-i", .. variables.Select(pair => $"{pair.Key}={pair.Value}"), executable, "-c", Script];
            Tool.Result said = Tool.Run("/usr/bin/env", command, _folder).Checked();
            JsonElement expected = JsonDocument.Parse(said.Output).RootElement;
            Machine machine = Machine.Current(_folder) with { Variables = variables, Home = expected[3].GetString() };
            string world = string.Join(' ', variables);
            Assert.Equal((world, Full(expected[0].GetString()!)), (world, Full(UserSite.Base(machine, environment)!)));
            Assert.Equal((world, Full(expected[1].GetString()!)), (world, Full(UserSite.Find(machine, environment)!)));
            Assert.Equal((world, expected[2].GetBoolean()), (world, UserSite.Enabled(machine, environment) is not null));
        }
    }

    // Python prints a relative base as it is set, and normalizes in some versions only.
    private string Full(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path, _folder));
}
