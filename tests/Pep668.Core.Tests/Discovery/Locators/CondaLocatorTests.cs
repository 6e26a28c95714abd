using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Discovery.Locators;

/// <summary>Trees as conda and mamba make them; the lists as conda's <c>core/envs_manager.py</c> and
/// <c>base/context.py</c> read them.</summary>
public sealed class CondaLocatorTests : IDisposable
{
    private readonly World _world = new();

    public void Dispose() => _world.Dispose();

    private World Conda(string prefix, string version = "3.12.3") =>
        _world.Python(prefix, version).Link($"{prefix}/bin/python", "python3.12")
            .Write($"{prefix}/conda-meta/history", "==> 2024-05-01 <==\n")
            .Write($"{prefix}/conda-meta/python-{version}-h1.json", "{}");

    private World Base(string prefix) => Conda(prefix).CreateFolder(prefix + "/condabin").CreateFolder(prefix + "/envs");

    private static void AssertFound(EnvironmentCatalog catalog, params string[] prefixes)
    {
        IReadOnlyList<PythonEnvironment> found = catalog.Find([PythonManager.Conda]);
        Assert.Equal(prefixes.Order(StringComparer.Ordinal), found.Select(one => one.Prefix).Order(StringComparer.Ordinal));
        Assert.All(found, one => Assert.Equal((EnvironmentKind.Conda, EnvironmentHealth.Healthy), (one.Kind, one.Health)));
        Assert.All(found, one => catalog.AssertSameFromEachPath(one));
    }

    [Theory]
    [InlineData("/home/user/miniconda3", false)]
    [InlineData("/home/user/anaconda3", false)]
    [InlineData("/home/user/miniforge3", false)]
    [InlineData("/home/user/mambaforge", false)]
    [InlineData("/home/user/micromamba", false)]
    [InlineData("/home/user/.local/share/mamba", false)]
    [InlineData("/home/user/opt/miniconda3", true)]
    [InlineData("/opt/conda", false)]
    [InlineData("/opt/miniforge3", true)]
    [InlineData("/opt/homebrew/anaconda3", true)]
    [InlineData("/opt/homebrew/Caskroom/miniforge/base", true)]
    [InlineData("/usr/local/Caskroom/miniconda/base", true)]
    public void Conda_installation_and_its_environments_are_found(string root, bool mac)
    {
        Base(root);
        Conda(root + "/envs/science", "3.12.1");
        EnvironmentCatalog catalog = mac ? _world.OnMac() : _world.OnLinux();
        AssertFound(catalog, root, root + "/envs/science");
        Assert.Equal(["base", "science"], catalog.Find([PythonManager.Conda]).Select(one => one.Name));
    }

    [Theory]
    [InlineData("CONDA_EXE", "/srv/conda/bin/conda")]
    [InlineData("CONDA_EXE", "/srv/conda/condabin/conda")]
    [InlineData("CONDA_PREFIX", "/srv/conda")]
    [InlineData("CONDA_PREFIX", "/srv/conda/envs/science")]
    [InlineData("CONDA_ROOT", "/srv/conda")]
    [InlineData("CONDA_ROOT_PREFIX", "/srv/conda")]
    [InlineData("MAMBA_ROOT_PREFIX", "/srv/conda")]
    [InlineData("PATH", "/srv/conda/condabin:/usr/bin")]
    public void Conda_installation_named_by_a_variable_is_found(string variable, string value)
    {
        Base("/srv/conda");
        Conda("/srv/conda/envs/science").Set(variable, value);
        AssertFound(_world.OnLinux(), "/srv/conda", "/srv/conda/envs/science");
    }

    [Theory]
    [InlineData("CONDA_ENVS_DIRS", "/srv/one:~/two")]
    [InlineData("CONDA_ENVS_PATH", "/srv/one:$HOME/two")]
    public void Conda_environments_in_folders_named_by_variables_are_found(string variable, string value)
    {
        Conda("/srv/one/a");
        Conda("/home/user/two/b").Set("HOME", "/home/user").Set(variable, value);
        AssertFound(_world.OnLinux(), "/srv/one/a", "/home/user/two/b");
    }

    [Theory]
    [InlineData("/home/user/.condarc", "channels:\n  - x\nenvs_dirs:\n  - /srv/one # here\n  - ~/two\nssl_verify: true\n")]
    [InlineData("/home/user/.conda/.condarc", "envs_path:\n- \"/srv/one\"\n- '~/two'\n")]
    [InlineData("/home/user/.config/conda/condarc", "envs_dirs: [/srv/one, '~/two']\r\n")]
    [InlineData("/home/user/.mambarc", "\"envs_dirs\":\n\n  # two\n  - /srv/one\n  - ~/two\n")]
    [InlineData("/etc/conda/condarc.d/site.yml", "envs_dirs:\n  - /srv/one\n  - $HOME/two\n")]
    [InlineData("/var/lib/conda/.condarc", "envs_dirs:\n  - /srv/one\n  - ${HOME}/two\n")]
    [InlineData("/home/user/.condarc", "envs_dirs: [\n  /srv/one, # here\n  ~/two\n]\nssl_verify: true\n")]
    [InlineData("/srv/mamba.yml", "envs_dirs:\n  - /srv/one\n  - ~/two\n")]
    [InlineData("/srv/rc.yml", "envs_dirs:\n  - /srv/one\n  - ~/two\n")]
    [InlineData("/home/user/miniconda3/.condarc", "envs_dirs:\n  - /srv/one\n  - ~/two\n")]
    public void Conda_environments_in_folders_named_by_condarc_are_found(string path, string text)
    {
        Conda("/srv/one/a");
        Conda("/home/user/two/b").Write(path, text).Set("CONDARC", "/srv/rc.yml").Set("MAMBARC", "/srv/mamba.yml")
            .Set("HOME", "/home/user");
        AssertFound(_world.OnLinux(), "/srv/one/a", "/home/user/two/b");
    }

    [Fact]
    public void Conda_environments_in_environments_txt_and_their_installation_are_found()
    {
        Base("/srv/conda");
        Conda("/srv/conda/envs/science");
        Conda("/home/user/project/env");
        Conda("/home/user/.conda/envs/mine")
            .Write("/home/user/.conda/environments.txt", "/srv/conda/envs/science\n/home/user/project/env\n/gone\n\nnonsense\n");
        EnvironmentCatalog catalog = _world.OnLinux();
        AssertFound(catalog, "/srv/conda", "/srv/conda/envs/science", "/home/user/project/env", "/home/user/.conda/envs/mine");
        Assert.Equal(["base", "env", "mine", "science"], catalog.Find([PythonManager.Conda]).Select(one => one.Name).Order());
    }

    [Theory]
    [InlineData("/srv/my conda/bin/conda create -p /home/user/project/env python")]
    [InlineData("/srv/my conda/bin/conda-env create")]
    [InlineData("/srv/my conda/bin/mamba create -p /home/user/project/env python")]
    [InlineData("/srv/my conda/condabin/conda create -p .")]
    [InlineData("/srv/my conda/lib/python3.10/site-packages/conda/__main__.py create --yes --prefix .conda python=3.12")]
    [InlineData("/srv/bin/conda create")]
    public void Conda_installation_that_created_a_listed_environment_is_found(string command)
    {
        Base("/srv/my conda").Write("/srv/my conda/bin/conda", "", executable: true).Link("/srv/bin/conda", "/srv/my conda/bin/conda");
        Conda("/home/user/project/env").Write("/home/user/project/env/conda-meta/history",
                $"==> 2024-05-01 10:00:00 <==\n# cmd: {command}\n# conda version: 24.3.0\n")
            .Write("/home/user/.conda/environments.txt", "/home/user/project/env\n");
        AssertFound(_world.OnLinux(), "/srv/my conda", "/home/user/project/env");
    }

    [Fact]
    public void Conda_installation_without_history_is_one()
    {
        _world.Python("/opt/conda", "3.12.3").Link("/opt/conda/bin/python", "python3.12")
            .Write("/opt/conda/conda-meta/python-3.12.3-h1.json", "{}").CreateFolder("/opt/conda/condabin");
        AssertFound(_world.OnLinux(), "/opt/conda");
        Assert.Equal("base", _world.OnLinux().Find([PythonManager.Conda])[0].Name);
    }

    [Theory]
    [InlineData("/mnt/c/Users/user/miniconda3")]
    [InlineData("/mnt/c/ProgramData/miniforge3")]
    [InlineData("/mnt/c/Users/user/AppData/Local/anaconda3")]
    [InlineData("/mnt/c/Users/user/AppData/Roaming/mamba")]
    public void Conda_environments_on_Windows_are_found(string root)
    {
        foreach (string prefix in (string[])[root, root + "/envs/science", "/mnt/c/Users/user/.conda/envs/mine",
            "/mnt/c/Users/user/AppData/Local/conda/conda/envs/other", "/mnt/c/envs/a"])
        {
            _world.WindowsPython(prefix, "3.12.3").Write(prefix + "/conda-meta/history", "");
        }
        _world.Write("/mnt/c/ProgramData/conda/.condarc", "envs_dirs:\n  - /mnt/c/envs\n");
        AssertFound(
            _world.OnWindows(), root, root + "/envs/science", "/mnt/c/Users/user/.conda/envs/mine",
            "/mnt/c/Users/user/AppData/Local/conda/conda/envs/other", "/mnt/c/envs/a");
        Assert.Equal("base", _world.OnWindows().Identify(root).Environment!.Name);
    }

    [Fact]
    public void Conda_environment_without_its_library_is_broken_and_a_venv_beside_it_is_found()
    {
        Base("/home/user/miniconda3").Write("/srv/gone/bin/python3.12", World.Program("3.12.3"), executable: true)
            .Write("/srv/gone/conda-meta/history", "").Write("/home/user/.conda/environments.txt", "/srv/gone\n")
            .CreateFolder("/home/user/miniconda3/envs/empty/conda-meta")
            .Venv("/home/user/miniconda3/envs/plain", "/home/user/miniconda3", "3.12.3");
        EnvironmentCatalog catalog = _world.OnLinux();
        PythonEnvironment broken = Assert.Single(catalog.Find([PythonManager.Conda]), one => one.Name is "gone");
        Assert.Equal((EnvironmentHealth.Broken, "/srv/gone", EnvironmentKind.Conda), (broken.Health, broken.Prefix, broken.Kind));
        catalog.AssertSameFromEachPath(broken);
        PythonEnvironment plain = Assert.IsType<PythonEnvironment>(catalog.Identify("/home/user/miniconda3/envs/plain").Environment);
        Assert.Equal((PythonManager.Venv, EnvironmentKind.Virtual), (plain.Manager, plain.Kind));
    }

    [Fact]
    public void Conda_environment_without_its_library_is_broken_on_Windows()
    {
        const string Prefix = "/mnt/c/Users/user/.conda/envs/gone";
        _world.WindowsPython(Prefix, "3.12.3").Write(Prefix + "/conda-meta/history", "");
        File.Delete(_world.OnDisk(Prefix + "/Lib/os.py"));
        PythonEnvironment broken = Assert.Single(_world.OnWindows().Find([PythonManager.Conda]));
        Assert.Equal((EnvironmentHealth.Broken, Prefix, "gone", EnvironmentKind.Conda),
            (broken.Health, broken.Prefix, broken.Name, broken.Kind));
        _world.OnWindows().AssertSameFromEachPath(broken);
    }

    [Theory]
    [InlineData("")]
    [InlineData("envs_dirs: []")]
    [InlineData("envs_dirs: /srv/one")] // no list: conda refuses it
    [InlineData("other:\n  envs_dirs:\n    - /srv/one")]
    [InlineData("# envs_dirs: [/srv/one]")]
    [InlineData("envs_dirs:\n  - \"/srv/one")]
    [InlineData("\u0000\uFFFD")]
    public void Conda_configuration_that_is_invalid_is_ignored(string text)
    {
        Conda("/srv/one/a").Write("/home/user/.condarc", text);
        AssertFound(_world.OnLinux());
    }

    [Fact]
    public void Conda_environment_below_pyenv_versions_is_managed_by_conda()
    {
        Base("/home/user/.pyenv/versions/miniconda3-24.1").CreateFolder("/home/user/.pyenv/shims");
        PythonEnvironment found = Assert.Single(_world.OnLinux().All);
        Assert.Equal(("base", PythonManager.Conda), (found.Name, found.Manager));
    }

    [Fact]
    public void Conda_environments_of_every_user_are_found_below_a_root()
    {
        Base("/opt/conda");
        Conda("/home/anna/.conda/envs/a");
        Conda("/home/bert/own/b").Write("/home/bert/.condarc", "envs_dirs:\n  - ~/own\n");
        Conda("/srv/c").Write("/root/.conda/environments.txt", "/srv/c\n");
        AssertFound(new EnvironmentCatalog(Machine.Under(_world.Folder)), "/opt/conda", "/home/anna/.conda/envs/a", "/home/bert/own/b",
            "/srv/c");
    }
}
