using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;

namespace Pep668.Tests.Discovery;

/// <summary>All environments below folders are found, whatever else is there.</summary>
public sealed class FolderScanTests : IDisposable
{
    private readonly World _world = new();
    private readonly List<string> _unreadable = [];

    public FolderScanTests() => _world.Python("/usr", "3.11.2");

    public void Dispose() => _world.Dispose();

    private string[] Below(params string[] folders) => Below(int.MaxValue, folders);

    private string[] Below(int depth, params string[] folders) =>
    [
        .. new EnvironmentCatalog(_world.Machine).Below(folders, depth, _ => { }, _unreadable.Add, TestContext.Current.CancellationToken)
            .Select(one => one.Prefix).Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void Environments_at_any_depth_are_found_including_broken_ones()
    {
        _world.Venv("/srv/a/.venv", "/usr", "3.11.2").Venv("/srv/a/sub/deep/er/env", "/usr", "3.11.2")
            .Venv("/srv/b/broken", "/gone", "3.9.0")
            .Python("/srv/python", "3.12.4").Python("/srv/conda", "3.12.4").Write("/srv/conda/conda-meta/history", "")
            .Python("/srv/conda/envs/data", "3.10.1").Write("/srv/conda/envs/data/conda-meta/history", "")
            .Write("/srv/win/venv/pyvenv.cfg", "home = /none\n").CreateFolder("/srv/empty");
        Assert.Equal(
            ["/srv/a/.venv", "/srv/a/sub/deep/er/env", "/srv/b/broken", "/srv/conda", "/srv/conda/envs/data", "/srv/python",
                "/srv/win/venv"], Below("/srv"));
    }

    [Fact]
    public void Installations_inside_other_installations_are_found()
    {
        _world.Link("/bin", "usr/bin").Link("/lib", "usr/lib").Python("/usr/local", "3.12.4").Python("/opt/py", "3.13.0")
            .Venv("/usr/lib/tool/env", "/usr", "3.11.2");
        Assert.Equal(["/opt/py", "/usr", "/usr/lib/tool/env", "/usr/local"], Below("/"));
    }

    [Fact]
    public void Scanned_folder_that_is_an_environment_is_found() => Assert.Equal(["/usr"], Below("/usr"));

    [Theory]
    [InlineData(0, new[] { "/srv/one" })]
    [InlineData(1, new[] { "/srv/a/two", "/srv/one" })]
    [InlineData(2, new[] { "/srv/a/b/three", "/srv/a/two", "/srv/one" })]
    public void Scan_stops_at_the_given_depth(int depth, string[] found)
    {
        _world.Venv("/srv/one", "/usr", "3.11.2").Venv("/srv/a/two", "/usr", "3.11.2").Venv("/srv/a/b/three", "/usr", "3.11.2");
        Assert.Equal(found, Below(depth, "/srv"));
    }

    [Theory]
    [InlineData(0, new[] { "/srv/conda" })]
    [InlineData(1, new[] { "/srv/conda" })]
    [InlineData(2, new[] { "/srv/conda", "/srv/conda/envs/data" })]
    public void Scan_inside_a_conda_base_stops_at_the_given_depth(int depth, string[] found)
    {
        _world.Python("/srv/conda", "3.12.4").Write("/srv/conda/conda-meta/history", "")
            .Python("/srv/conda/envs/data", "3.10.1").Write("/srv/conda/envs/data/conda-meta/history", "");
        Assert.Equal(found, Below(depth, "/srv"));
    }

    [Fact]
    public void Folders_that_cannot_contain_environments_are_skipped()
    {
        _world.Venv("/srv/node_modules/x", "/usr", "3.11.2").Venv("/srv/.git/x", "/usr", "3.11.2").Venv("/srv/env", "/usr", "3.11.2")
            .Venv("/srv/env/lib/inner", "/usr", "3.11.2").Venv("/srv/.tox/py311", "/usr", "3.11.2");
        Assert.Equal(["/srv/.tox/py311", "/srv/env"], Below("/srv"));
    }

    [Fact]
    public void Links_to_environments_are_followed_without_cycles()
    {
        _world.Venv("/elsewhere/env", "/usr", "3.11.2").Link("/srv/.venv", "/elsewhere/env").Link("/srv/again", "/elsewhere/env")
            .Link("/srv/loop", "/srv").Link("/srv/self", "self").Link("/srv/up", "..").Link("/srv/out", "/elsewhere");
        Assert.Equal(["/elsewhere/env"], Below("/srv", "/srv/loop", "/srv"));
    }

    [Fact]
    public void Unreadable_folder_is_reported_and_the_rest_is_found()
    {
        Assert.SkipWhen(_world.UserId == 0, "root may read everything");
        _world.Venv("/srv/env", "/usr", "3.11.2").CreateFolder("/srv/closed");
        File.SetUnixFileMode(_world.OnDisk("/srv/closed"), UnixFileMode.None);
        Assert.Equal(["/srv/env"], Below("/srv"));
        Assert.Equal(["/srv/closed"], _unreadable);
        File.SetUnixFileMode(_world.OnDisk("/srv/closed"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    [Fact]
    public void Folder_deleted_during_the_scan_is_reported()
    {
        Assert.Empty(Below("/srv/nowhere"));
        Assert.Equal(["/srv/nowhere"], _unreadable);
    }

    [Fact]
    public void Names_that_are_not_text_and_crowded_folders_do_not_disturb_the_scan()
    {
        _world.Venv("/srv/env", "/usr", "3.11.2").CreateFolder("/srv/crowd");
        Tool.Run("bash", ["-c", "mkdir \"$1\"/srv/$'\\xff\\xfe' && cd \"$1\"/srv/crowd && touch $(seq 50000)", "_", _world.Folder])
            .Checked();
        Tool.Run("mkfifo", [_world.OnDisk("/srv/pyvenv.cfg.fifo"), _world.OnDisk("/srv/fifo")]).Checked();
        Assert.Equal(["/srv/env"], Below("/srv"));
        // .NET cannot delete names that are not text.
        Tool.Run("rm", ["-rf", _world.OnDisk("/srv")]).Checked();
    }

    [Fact]
    public void Fifo_named_pyvenv_cfg_does_not_block_the_scan()
    {
        _world.CreateFolder("/srv/env");
        Tool.Run("mkfifo", [_world.OnDisk("/srv/env/pyvenv.cfg")]).Checked();
        Assert.Empty(Below("/srv"));
    }

    [Fact]
    public void Scan_ends_when_cancelled()
    {
        for (int index = 0; index < 200; index++)
        {
            _world.Venv($"/srv/{index}/env", "/usr", "3.11.2");
        }
        using var stop = new CancellationTokenSource();
        IEnumerable<PythonEnvironment> scan =
            new EnvironmentCatalog(_world.Machine).Below(["/srv"], int.MaxValue, _ => { }, _ => { }, stop.Token);
        Assert.Throws<OperationCanceledException>(() =>
        {
            foreach (PythonEnvironment _ in scan)
            {
                stop.Cancel();
            }
        });
    }

    [Fact]
    public void Scan_finds_the_same_as_reading_each_environment_alone()
    {
        foreach (int index in Enumerable.Range(0, 100))
        {
            _world.Venv($"/srv/{index % 7}/{index}/.venv", index % 5 == 0 ? "/gone" : "/usr", "3.11.2");
        }
        var catalog = new EnvironmentCatalog(_world.Machine);
        PythonEnvironment[] found = [.. catalog.Below(["/srv"], int.MaxValue, _ => { }, _ => { }, TestContext.Current.CancellationToken)];
        Assert.Equal(100, found.Length);
        Assert.All(found, one => Assert.Equal(
            System.Text.Json.JsonSerializer.Serialize(one),
            System.Text.Json.JsonSerializer.Serialize(catalog.Identify(one.Executable, "Recurse").Environment)));
    }
}
