namespace Pep668.Tests.Races;

/// <summary>
/// Another user replaces a folder with a link just before one system call of a command that root runs: nothing outside
/// of that user's folder is read, created, changed or deleted, at any step.
/// </summary>
public sealed class FolderRaceTests(SmallPython small) : IClassFixture<SmallPython>
{
    private static readonly string[] Victims = ["parent", "self", "top"];

    [Theory]
    [InlineData("create", 16)]
    [InlineData("create with pip", 8)]
    [InlineData("replace", 12)]
    [InlineData("marker below a root", 12)]
    [InlineData("clear the cache", 8)]
    public void Command_of_root_changes_and_reads_nothing_outside(string command, int full)
    {
        RaceWorld.NeedSupervisor();
        int steps = Step(command, 0, "parent").Steps;
        Assert.True(steps > 1, $"{command} names only {steps} files");
        int replaced = 0;
        // Every step where all of them are wanted (PEP668_TEST_ROUNDS=0): the sample is another one in each run.
        bool all = Environment.GetEnvironmentVariable("PEP668_TEST_ROUNDS") is "0";
        RandomSeed.Fresh().Run(seed =>
        {
            var random = new Random(seed);
            int[] chosen = [.. Enumerable.Range(1, steps)];
            random.Shuffle(chosen);
            int tried = 0, wanted = all ? steps : TestExtent.Count(full);
            // At least as many as are wanted, and more until one hits.
            foreach (int step in chosen.TakeWhile(_ => tried++ < wanted || replaced == 0))
            {
                foreach (string victim in all ? Victims : [Victims[random.Next(Victims.Length)]])
                {
                    replaced += Step(command, step, victim).Replaced ? 1 : 0;
                }
            }
        });
        Assert.True(replaced > 0, $"no folder was replaced in {steps} steps");
    }

    private RaceResult Step(string command, int step, string victim)
    {
        using var world = new RaceWorld();
        string venv = Path.Combine(world.Area, "project", ".venv");
        string[] arguments = Prepare(command, world, venv);
        world.GiveToUser();
        RaceResult result = world.Run(step, victim, [.. Companion.Command, .. arguments]);
        Assert.True(result.Run.ExitCode is 0 or 1 or 2 or 3 or 4 or 5, $"{command}, step {step} ({victim}): {result.Run}");
        Assert.DoesNotContain("OUTSIDE", result.Run.Output);
        Assert.DoesNotContain("   at ", result.Run.Error);
        try
        {
            world.AssertNothingOutsideChanged();
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"{command}, step {step} ({victim}): {error.Message}", error);
        }
        return result;
    }

    private string[] Prepare(string command, RaceWorld world, string venv)
    {
        string python = small.Executable;
        string[] create = ["venv", venv, "--python", python];
        switch (command)
        {
            case "create":
                return [.. create, "--without-pip"];
            case "create with pip":
                return create;
            case "replace":
                world.Prepare([.. Companion.Command, .. create, "--without-pip"]);
                Directory.CreateDirectory(Path.Combine(venv, "lib", "deep", "er"));
                File.WriteAllText(Path.Combine(venv, "lib", "deep", "er", "file"), "");
                return [.. create, "--without-pip", "--force"];
            case "clear the cache":
                string cache = world.Cache = Path.Combine(world.Area, "cache");
                Directory.CreateDirectory(Path.Combine(cache, "seeds", "a.seed", "deep"));
                File.WriteAllText(Path.Combine(cache, "seeds", "b.seed"), "");
                return ["venv", "--clear-cache"];
            default:
                string library = Path.Combine(world.Area, "usr", "lib", "python3.11");
                Directory.CreateDirectory(library);
                File.WriteAllText(Path.Combine(library, "os.py"), "");
                File.WriteAllText(Path.Combine(library, "EXTERNALLY-MANAGED"), "[externally-managed]\nError=inside\n");
                Directory.CreateDirectory(Path.Combine(world.Area, "usr", "bin"));
                File.Copy(python, Path.Combine(world.Area, "usr", "bin", "python3.11"));
                return ["marker", "--root", world.Area, "/usr/bin/python3.11"];
        }
    }
}
