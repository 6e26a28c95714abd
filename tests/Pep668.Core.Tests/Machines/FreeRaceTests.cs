using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Markers;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Removal;
using Pep668.Venvs.Repair;
using Pep668.Venvs.Seeding;

namespace Pep668.Tests.Machines;

/// <summary>
/// Another user exchanges folders for links without end while root works in them: nothing outside of that user's folder
/// is read or changed. <c>FolderRaceTests</c> of the companion does the same at chosen steps.
/// </summary>
public sealed class FreeRaceTests : IClassFixture<SmallPython>
{
    private readonly SmallPython _python;

    public FreeRaceTests(SmallPython python) => _python = python;

    [Theory]
    [InlineData("project")]
    [InlineData("project/.venv")]
    [InlineData("project/.venv/bin")]
    [InlineData("project/.venv/lib")]
    public void Environment_is_replaced_and_repaired_without_a_change_outside(string swapped)
    {
        using var world = new RaceWorld();
        string cacheFolder = Directory.CreateTempSubdirectory("pep668-race-cache-").FullName;
        Machine machine = Machine.Current() with
        {
            Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PEP668_CACHE_DIR"] = cacheFolder },
        };
        string path = Path.Combine(world.Area, "project", ".venv");
        PythonEnvironment python = new EnvironmentCatalog(machine).ReadOne(_python.Executable).Environment!;
        var request = new VenvRequest(path, python) { Replace = true };
        Assert.True(new VenvBuilder(new(machine), SeedCache.For(machine)).Create(request, default).OrNull() is not null);
        world.GiveToUser();
        int done = 0;
        using (world.Swap(Path.Combine(world.Area, swapped)))
        {
            new Rounds(250).Each(Round);
            // The few rounds of a run that is not full may all miss.
            for (int more = 0; done == 0 && more < 250; more++)
            {
                Round(more);
            }
        }
        world.AssertNothingOutsideChanged();
        Directory.Delete(cacheFolder, recursive: true);
        Assert.True(done > 0, "nothing was done while the folder was exchanged");

        void Round(int round)
        {
            var catalog = new EnvironmentCatalog(machine);
            if (round % 2 == 0)
            {
                done += new VenvBuilder(catalog, SeedCache.For(machine)).Create(request, default).OrNull() is null ? 0 : 1;
            }
            else if (catalog.ReadOne(path).Environment is PythonEnvironment found)
            {
                var repairer = new VenvRepairer(catalog, SeedCache.For(machine));
                done += repairer.Repair(repairer.Prepare(found, python: null), default).OrNull() is null ? 0 : 1;
            }
        }
    }

    [Theory]
    [InlineData("project")]
    [InlineData("project/.venv")]
    [InlineData("project/.venv/bin")]
    [InlineData("project/.venv/lib")]
    public void Environment_is_removed_without_a_change_outside(string swapped)
    {
        using var world = new RaceWorld();
        Machine machine = Machine.Current();
        string venv = Path.Combine(world.Area, "project", ".venv"), kept = Path.Combine(world.Area, "kept");
        foreach (string name in (string[])["bin", "lib/python3.11/site-packages"])
        {
            Directory.CreateDirectory(Path.Combine(kept, name));
            File.WriteAllText(Path.Combine(kept, name, "file"), "");
        }
        File.WriteAllText(Path.Combine(kept, "pyvenv.cfg"), "home = /gone/bin\n");
        Tool.Run("cp", ["-a", kept, venv]).Checked();
        world.GiveToUser();
        int done = 0;
        using (world.Swap(Path.Combine(world.Area, swapped)))
        {
            new Rounds(250).Each(Round);
            for (int more = 0; done == 0 && more < 250; more++)
            {
                Round(more);
            }
        }
        world.AssertNothingOutsideChanged();
        Assert.True(done > 0, "nothing was removed while the folder was exchanged");

        void Round(int round)
        {
            // As the user, who may be led by the link.
            Tool.Run("setpriv", ["--reuid", RaceWorld.User, "--regid", RaceWorld.User, "--clear-groups", "cp", "-a", "-T", kept, venv]);
            var remover = new VenvRemover(machine);
            if (new EnvironmentCatalog(machine).ReadOne(venv).Environment is PythonEnvironment found
                && remover.Prepare(found, VenvActivity.None, force: true).OrNull() is VenvRemoval removal)
            {
                done += remover.Remove(removal, default).IsRemoved ? 1 : 0;
            }
        }
    }

    [Theory]
    [InlineData("usr")]
    [InlineData("usr/lib")]
    [InlineData("usr/lib/python3.11")]
    public void Marker_below_a_root_is_never_one_outside(string swapped)
    {
        using var world = new RaceWorld();
        string library = Path.Combine(world.Area, "usr", "lib", "python3.11");
        Directory.CreateDirectory(library);
        File.WriteAllText(Path.Combine(library, "EXTERNALLY-MANAGED"), "[externally-managed]\nError=inside\n");
        foreach (string folder in (string[])["lib/python3.11", "python3.11"])
        {
            Directory.CreateDirectory(Path.Combine(world.Outside, folder));
            File.WriteAllText(Path.Combine(world.Outside, folder, "EXTERNALLY-MANAGED"), "[externally-managed]\nError=OUTSIDE\n");
        }
        world.GiveToUser();
        int inside = 0;
        foreach (bool walksOnly in (bool[])[false, true])
        {
            RootFolder root = RootFolder.Open(world.Area, walksOnly)!;
            using (world.Swap(Path.Combine(world.Area, swapped)))
            {
                new Rounds(100_000).Each(_ =>
                {
                    byte[]? bytes =
                        NativeRead.Whole(root.OpenToRead("/usr/lib/python3.11/EXTERNALLY-MANAGED"), limit: 1000).Bytes;
                    string text = System.Text.Encoding.UTF8.GetString(bytes ?? []);
                    Assert.DoesNotContain("OUTSIDE", text);
                    inside += text.Contains("inside", StringComparison.Ordinal) ? 1 : 0;
                });
            }
        }
        Assert.True(inside > 0, "the marker was never read");
    }
}
