using Pep668.Machines;
using Pep668.Pip.Applications;

namespace Pep668.Tests.Pip.Applications;

/// <summary>Trees as pipx and uv write them, of several versions and systems.</summary>
public sealed class ApplicationCatalogTests : IDisposable
{
    private const string Home = "/home/user/.local/share/pipx", Tools = "/home/user/.local/share/uv/tools", Bin = "/home/user/.local/bin";

    private readonly World _world = new World().Python("/usr", "3.11.2").Set("PATH", "/home/user/.local/bin:/usr/bin");

    public void Dispose() => _world.Dispose();

    // 0.1 has no suffix, 0.3 has manual pages, 0.4 the interpreter, 0.5 pins, 0.12 backends.
    [Theory]
    [InlineData("0.1", """ "include_apps": true """, "")]
    [InlineData("0.2", """ "include_apps": true, "suffix": "" """, "")]
    [InlineData("0.5", """ "include_apps": true, "suffix": "", "pinned": true, "man_pages": ["man1/black.1"] """,
        """, "source_interpreter": {"__type__": "Path", "__Path__": "/usr/bin/python3"} """)]
    [InlineData("0.12", """ "include_apps": true, "suffix": "", "lock_file": null, "expected_apps": [] """,
        """, "backend": "uv", "environment": "black", "exposure_enabled": true """)]
    public void Pipx_metadata_of_each_version_is_read(string version, string main, string rest)
    {
        Pipx(Home, "black", $$"""
            {"main_package": {"package": "black", "package_or_url": "black[d]", "package_version": "24.1.0", "apps": ["black"],
            "apps_of_dependencies": ["other"], "include_dependencies": false, {{main}}}, "injected_packages": {},
            "python_version": "Python 3.11.2", "venv_args": [], "pipx_metadata_version": "{{version}}"{{rest}}}
            """).Script($"{Home}/venvs/black", "black").Script($"{Home}/venvs/black", "other");
        _world.Link($"{Bin}/black", $"{Home}/venvs/black/bin/black");
        InstalledApplication one = Assert.Single(Read());
        Assert.Equal(("black", "24.1.0", PythonApplicationInstaller.Pipx, true), Facts(one));
        Assert.Equal(["black"], one.Application.Commands);
        Assert.Equal((PythonManager.Pipx, EnvironmentHealth.Healthy, $"{Home}/venvs/black"),
            (one.Environment.Manager, one.Environment.Health, one.Environment.Prefix));
        Assert.Equal((null, false, null), (one.Application.Action, one.Application.Changed, one.Application.PreviousVersion));
    }

    [Fact]
    public void Version_is_that_of_the_installed_files()
    {
        Pipx(Home, "black").Script($"{Home}/venvs/black", "black");
        _world.Write($"{Home}/venvs/black/lib/python3.11/site-packages/black-25.1.0.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: black\nVersion: 25.1.0\n");
        Assert.Equal("25.1.0", Assert.Single(Read()).Application.Version);
    }

    [Fact]
    public void Suffix_and_injected_commands_are_found_by_their_links()
    {
        Pipx(Home, "black-old").Script($"{Home}/venvs/black-old", "black").Script($"{Home}/venvs/black-old", "blackd");
        _world.Link($"{Bin}/black-old", $"{Home}/venvs/black-old/bin/black").Link($"{Bin}/blackd", $"{Home}/venvs/black-old/bin/blackd")
            .Link($"{Bin}/elsewhere", "/usr/bin/python3").Link($"{Bin}/dangling", "/nonexistent/bin/black")
            .Write($"{Bin}/file", "", executable: true);
        Assert.Equal(["black-old", "blackd"], Assert.Single(Read()).Application.Commands);
    }

    [Theory]
    [InlineData("/home/user/.local/pipx", null, null)]
    [InlineData("/srv/pipx", "PIPX_HOME", "/srv/pipx")]
    [InlineData("/opt/pipx", null, null)]
    [InlineData("/srv/all", "PIPX_GLOBAL_HOME", "/srv/all")]
    public void Home_of_a_user_or_of_all_users_has_its_folder_of_commands(string home, string? variable, string? value)
    {
        if (variable is not null)
        {
            _world.Set(variable, value!);
        }
        bool isGlobal = home is "/opt/pipx" or "/srv/all";
        Pipx(home, "black").Script($"{home}/venvs/black", "black");
        string folder = isGlobal ? "/usr/local/bin" : Bin;
        _world.Link($"{folder}/black", $"{home}/venvs/black/bin/black").Set("PATH", folder);
        InstalledApplication one = Assert.Single(Read());
        Assert.Equal((home, folder, isGlobal, true), (one.Home, one.CommandFolder, one.IsGlobal, one.Application.OnPath));
        _world.Set(isGlobal ? "PIPX_GLOBAL_BIN_DIR" : "PIPX_BIN_DIR", "/srv/bin");
        one = Assert.Single(Read());
        Assert.Equal(("/srv/bin", 0, false), (one.CommandFolder, one.Commands.Count, one.Application.OnPath));
    }

    [Fact]
    public void Folder_that_a_variable_names_is_the_only_one()
    {
        Pipx(Home, "black").Script($"{Home}/venvs/black", "black");
        Assert.Single(Read());
        _world.CreateFolder("/srv/pipx").Set("PIPX_HOME", "/srv/pipx");
        Assert.Empty(Read());
    }

    [Fact]
    public void Home_that_is_a_link_to_another_is_listed_once()
    {
        Pipx("/home/user/.local/pipx", "black");
        _world.Link(Home, "/home/user/.local/pipx");
        Assert.Single(Read());
    }

    [Fact]
    public void Incomplete_and_broken_applications_are_listed_with_the_reason()
    {
        Pipx(Home, "black");
        _world.Venv($"{Home}/venvs/begun", "/usr", "3.11.2");
        Pipx(Home, "moved", python: "/opt/gone");
        _world.Write($"{Home}/venvs/gone/pipx_metadata.json", Metadata("gone")).CreateFolder($"{Home}/venvs/empty")
            .Venv($"{Home}/venvs/.hidden", "/usr", "3.11.2");
        Pipx(Home, "invalid", "{\"main_package\": ");
        Assert.Equal(
            ["begun Its installer has not recorded it: the install was interrupted.", "black ", "gone Its environment has no Python.",
                $"invalid The record of its installer, '{Home}/venvs/invalid/pipx_metadata.json', is damaged.", "moved *"],
            Read().Select(
                one => $"{one.Name} {(one.Name is "moved" && one.Environment.Problem is not null ? "*" : one.Environment.Problem)}"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[tool")]
    [InlineData("[tool]\nrequirements = []\n")]
    public void Damaged_receipt_of_uv_is_the_problem(string receipt)
    {
        Uv("black", "");
        _world.Write($"{Tools}/black/uv-receipt.toml", receipt);
        InstalledApplication one = Assert.Single(Read());
        Assert.Equal((EnvironmentHealth.Broken, $"The record of its installer, '{Tools}/black/uv-receipt.toml', is damaged."),
            (one.Environment.Health, one.Environment.Problem));
    }

    [Fact]
    public void Application_with_a_suffix_and_a_damaged_record_is_installed_again_with_its_suffix()
    {
        Pipx(Home, "black@24", "");
        _world.Write($"{Home}/venvs/black@24/lib/python3.11/site-packages/black-24.1.0.dist-info/METADATA",
                "Name: black\nVersion: 24.1.0\n")
            .Write($"{Home}/venvs/black@24/lib/python3.11/site-packages/bl-1.0.dist-info/METADATA", "Name: bl\nVersion: 1.0\n");
        InstalledApplication one = Assert.Single(Read());
        Assert.Equal(("black", "24.1.0"), (one.Package, one.Application.Version));
        Assert.Equal($"Remove-Item -Recurse -Force -LiteralPath '{Home}/venvs/black@24' && pipx install '--suffix=@24' black",
            Assert.Single(ApplicationMessages.BrokenListed(one).Remedies.Commands()));
    }

    [Theory]
    [InlineData("requirements = [{ name = \"black\", extras = [\"d\"], specifier = \">=24\" }, { name = \"tqdm\" }]", "black[d]>=24 tqdm")]
    [InlineData("requirements = [\"black>=24\"]", "black>=24")]
    [InlineData("requirements = [{ name = \"black\", git = \"https://me:secret@example.org/black\" }]",
        "black @ git+https://example.org/black")]
    [InlineData("requirements = [{ name = \"black\", directory = \"/src/black\" }]", "/src/black")]
    public void Receipt_of_uv_is_read(string requirements, string expected)
    {
        Uv("black", requirements, ("black", $"{Bin}/black"), ("blackd", $"{Bin}/blackd"));
        _world.Link($"{Bin}/black", $"{Tools}/black/bin/black").Link($"{Bin}/blackd", "/usr/bin/python3");
        _world.Write($"{Tools}/black/lib/python3.11/site-packages/black-25.1.0.dist-info/METADATA", "Name: black\nVersion: 25.1.0\n");
        InstalledApplication one = Assert.Single(Read());
        Assert.Equal(("black", "25.1.0", PythonApplicationInstaller.Uv, true), Facts(one));
        // Another program has the link of blackd.
        Assert.Equal(["black"], one.Application.Commands);
        Assert.Equal(expected, string.Join(' ', one.Requirements));
        Assert.Equal((PythonManager.Uv, Tools, Bin), (one.Environment.Manager, one.Home, one.CommandFolder));
    }

    [Fact]
    public void Copied_commands_of_Windows_are_found_by_their_names()
    {
        const string User = "/mnt/c/Users/user", Venvs = User + "/AppData/Local/pipx/pipx/venvs";
        _world.WindowsPython(User + "/python", "3.12.10");
        _world.Write($"{Venvs}/black/pyvenv.cfg", $"home = {User}/python\nversion = 3.12.10\n")
            .Write($"{Venvs}/black/Scripts/python.exe", LocatorWorld.Portable(), executable: true)
            .Write($"{Venvs}/black/pipx_metadata.json", """
                {"main_package": {"package": "black", "package_version": "24.1.0", "apps": ["black.exe", "blackd.exe"],
                "include_apps": true, "suffix": "@24"}, "injected_packages": {"x": {"apps": ["x.exe"], "include_apps": false}}}
                """)
            .Write($"{User}/.local/bin/black@24.exe", "", executable: true).Write($"{User}/.local/bin/x.exe", "", executable: true);
        InstalledApplication one = Assert.Single(ApplicationCatalog.Read(_world.Windows()));
        Assert.Equal(["black@24.exe"], one.Application.Commands);
        Assert.Equal(EnvironmentHealth.Healthy, one.Environment.Health);
    }

    [Fact]
    public void Name_in_any_spelling_is_found_and_both_installers_have_one()
    {
        Pipx(Home, "my-tool");
        Uv("my-tool", "");
        IReadOnlyList<InstalledApplication> all = Read();
        Assert.Equal(2, ApplicationCatalog.Named(all, "My_Tool", PythonApplicationInstaller.Auto).Count);
        Assert.Single(ApplicationCatalog.Named(all, "my.tool", PythonApplicationInstaller.Uv));
        Assert.Single(ApplicationCatalog.Read(_world.Machine, PythonApplicationInstaller.Pipx));
        Assert.Single(ApplicationCatalog.Read(_world.Machine, PythonApplicationInstaller.Uv));
    }

    private static string Metadata(string name) =>
        $$"""{"main_package": {"package": "{{name}}", "package_version": "24.1.0", "apps": [], "include_apps": true} }""";

    private ApplicationCatalogTests Pipx(string home, string name, string? metadata = null, string python = "/usr")
    {
        _world.Venv($"{home}/venvs/{name}", python, "3.11.2")
            .Write($"{home}/venvs/{name}/pipx_metadata.json", metadata ?? Metadata("black"));
        return this;
    }

    private void Uv(string name, string requirements, params (string Name, string Path)[] entries)
    {
        _world.Venv($"{Tools}/{name}", "/usr", "3.11.2").Write($"{Tools}/.lock", "").CreateFolder($"{Tools}/.tmp1")
            .Write($"{Tools}/{name}/uv-receipt.toml", $"[tool]\n{requirements}\nentrypoints = [\n"
                + string.Concat(entries.Select(one => $"    {{ name = \"{one.Name}\", install-path = \"{one.Path}\" }},\n")) + "]\n");
        Array.ForEach(entries, one => Script($"{Tools}/{name}", one.Name));
    }

    private ApplicationCatalogTests Script(string venv, string name)
    {
        _world.Write($"{venv}/bin/{name}", "#!\n", executable: true);
        return this;
    }

    private IReadOnlyList<InstalledApplication> Read() => ApplicationCatalog.Read(_world.Machine);

    private static (string Name, string? Version, PythonApplicationInstaller Installer, bool OnPath) Facts(InstalledApplication one) =>
        (one.Name, one.Application.Version, one.Application.Installer, one.Application.OnPath);
}
