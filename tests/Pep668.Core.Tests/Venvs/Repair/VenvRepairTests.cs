using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Repair;
using Pep668.Venvs.Seeding;

namespace Pep668.Tests.Venvs.Repair;

/// <summary>Environments of real tools are damaged in random ways; a repaired one is healthy, keeps its distributions,
/// and works.</summary>
public sealed class VenvRepairTests : IDisposable
{
    // PEP668_TEST_ROUNDS=20 runs more of them.
    private static readonly int Rounds =
        int.TryParse(Environment.GetEnvironmentVariable("PEP668_TEST_ROUNDS"), out int rounds) ? rounds : 1;

    private readonly string _folder = Directory.CreateTempSubdirectory("pep668-repair-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    public static TheoryData<string> Makers =>
        TestExtent.IsFull ? [.. Interpreters.Each(isSlow: true), "virtualenv", "uv"] : ["managed", "virtualenv", "uv"];

    [Theory]
    [MemberData(nameof(Makers))]
    public void Damaged_environment_is_repaired_and_works(string maker) => RandomSeed.Fresh().Run(seed =>
    {
        string original = Make(maker);
        var random = new Random(seed);
        for (int round = 0; round < Rounds; round++)
        {
            string damaged = Path.Combine(_folder, FormattableString.Invariant($"r{round}"));
            Tool.Run("cp", ["-a", original, damaged]).Checked();
            // A copy is a damage already; others are added.
            string[] damages = [.. Damages.Keys.OrderBy(_ => random.Next()).Take(random.Next(3))];
            foreach (string name in damages)
            {
                Damages[name](damaged);
            }
            string context = $"{maker}, copied, {string.Join(", ", damages)}";
            Machine machine = TestMachine();
            VenvExamination before = VenvExaminer.Examine(new EnvironmentCatalog(machine), Read(machine, damaged));
            Assert.False(before.IsSound, context);
            Assert.True(before.Defects.All(defect => defect.CanBeRepaired), $"{context}: {string.Join(" | ", before.Defects)}");

            var repairer = new VenvRepairer(new EnvironmentCatalog(machine), SeedCache.For(machine));
            VenvRepair repair = repairer.Prepare(Read(machine, damaged), null);
            Outcome<VenvResult> outcome = repairer.Repair(repair, TestContext.Current.CancellationToken);

            Assert.True(outcome.Failure is null, $"{context}: {outcome.Failure}");
            PythonEnvironment repaired = outcome.Value().Environment;
            Assert.Equal(EnvironmentHealth.Healthy, repaired.Health);
            VenvExamination after = VenvExaminer.Examine(new EnvironmentCatalog(machine), Read(machine, damaged));
            Assert.True(after.Defects.Count == 0, $"{context}, left: {string.Join(" | ", after.Defects)}");
            Assert.Equal(damaged, Tool.Run(repaired.Executable, ["-c", "import kept, sys; print(sys.prefix)"]).Checked().Output.Trim());
            Assert.Equal("kept", Tool.Run(Path.Combine(damaged, "bin", "keeper"), []).Checked().Output.Trim());
            Assert.True(File.Exists(Path.Combine(damaged, "bin", "python3")), context);
            Assert.Equal(damaged, Tool.Run("bash", ["-c", $". '{damaged}/bin/activate' && python -c 'import sys; print(sys.prefix)'"])
                .Checked().Output.Trim());
            if (Directory.Exists(Path.Combine(original, "bin")) && File.Exists(Path.Combine(original, "bin", "pip")))
            {
                Tool.Run(Path.Combine(damaged, "bin", "pip"), ["check"]).Checked();
            }
            // No file of it contains the original path, except byte-code and records of the tool that created it.
            string left = Tool.Run("grep", ["-rlIF", original + "/", damaged, "--include=*", "--exclude=*.pyc", "--exclude=RECORD"]).Output;
            Assert.True(left.Length == 0, $"{context}, still naming {original}: {left}");
        }
    });

    private static readonly Dictionary<string, Action<string>> Damages = new(StringComparer.Ordinal)
    {
        ["a dangling interpreter"] = folder => Relink(Path.Combine(folder, "bin", "python"), "/gone/bin/python3"),
        ["a dangling second name"] = folder => Relink(Path.Combine(folder, "bin", "python3"), "/gone/bin/python3"),
        ["a missing first name"] = folder => File.Delete(Path.Combine(folder, "bin", "python")),
        ["a missing second name"] = folder => File.Delete(Path.Combine(folder, "bin", "python3")),
        ["no interpreter"] = folder =>
        {
            foreach (string file in Directory.GetFiles(Path.Combine(folder, "bin"), "py*")
                .Where(file => new FileInfo(file).LinkTarget is not null))
            {
                File.Delete(file);
            }
        },
        ["a broken pip"] = folder =>
        {
            foreach (string file in Directory.GetFiles(folder, "__main__.py", SearchOption.AllDirectories)
                .Where(file => file.EndsWith("/site-packages/pip/__main__.py", StringComparison.Ordinal)))
            {
                File.Delete(file);
            }
        },
        ["a configuration that is not UTF-8"] =
            folder => File.AppendAllBytes(Path.Combine(folder, "pyvenv.cfg"), [(byte)'x', (byte)'=', 0xFF, (byte)'\n']),
        ["a configuration of another patch"] = folder => Rewrite(folder,
            line => line.StartsWith("version", StringComparison.Ordinal) ? line[..(line.LastIndexOf('.') + 1)] + "99" : line),
    };

    private static void Relink(string path, string target)
    {
        File.Delete(path);
        File.CreateSymbolicLink(path, target);
    }

    private static void Rewrite(string folder, Func<string, string> change)
    {
        string path = Path.Combine(folder, "pyvenv.cfg");
        // The configuration may contain any bytes by then.
        File.WriteAllText(path, string.Join('\n', File.ReadAllText(path, System.Text.Encoding.Latin1).Split('\n').Select(change)),
            System.Text.Encoding.Latin1);
    }

    private string Make(string maker)
    {
        string folder = Path.Combine(_folder, "made");
        switch (maker)
        {
            case "virtualenv":
                Assert.SkipUnless(Tool.Exists("virtualenv"), "needs virtualenv");
                Tool.Run("virtualenv", ["-q", "-p", Interpreters.Need("3.11", Needs.Venv).Executable, folder]).Checked();
                break;
            case "uv":
                Assert.SkipUnless(Tool.Exists("uv"), "needs uv");
                Tool.Run("uv", ["venv", "-q", "-p", Interpreters.Newest(Needs.Venv).Executable, folder]).Checked();
                break;
            default:
                Machine machine = TestMachine();
                PythonEnvironment python = Read(machine, Interpreters.Need(maker, Needs.Venv | Needs.Ensurepip).Executable);
                new VenvBuilder(new EnvironmentCatalog(machine), SeedCache.For(machine))
                    .Create(new(folder, python), TestContext.Current.CancellationToken).Value();
                break;
        }
        string packages =
            Directory.GetDirectories(Path.Combine(folder, "lib")).Select(lib => Path.Combine(lib, "site-packages")).First(Directory.Exists);
        File.WriteAllText(Path.Combine(packages, "kept.py"), "def main():\n    print('kept')\n");
        string keeper = Path.Combine(folder, "bin", "keeper");
        File.WriteAllText(keeper, $"#!{folder}/bin/python\nimport kept\nkept.main()\n");
        File.SetUnixFileMode(keeper, File.GetUnixFileMode(keeper) | UnixFileMode.UserExecute);
        return folder;
    }

    private static PythonEnvironment Read(Machine machine, string path)
    {
        EnvironmentReading reading = new EnvironmentCatalog(machine).ReadOne(path);
        return reading.Environment ?? throw new InvalidOperationException($"{path}: {reading.Reason}");
    }

    private static Machine TestMachine() => Machine.Current() with
    {
        Variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["PATH"] = "/usr/bin:/bin",
            ["PEP668_CACHE_DIR"] = SharedSeeds.Cache,
        },
    };
}
