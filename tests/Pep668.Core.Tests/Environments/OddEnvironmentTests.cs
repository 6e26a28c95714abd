using System.Globalization;
using System.Text.Json;
using Pep668.Discovery;
using Pep668.Environments;
using Pep668.Machines;
using Pep668.Venvs.Creation;
using Pep668.Venvs.Repair;
using Pep668.Venvs.Seeding;

namespace Pep668.Tests.Environments;

/// <summary>
/// Environments whose configuration or links are incomplete, doubled or contradictory: what is read equals what the
/// interpreter reports, the health is whether it starts, and a repair makes it start or changes nothing.
/// </summary>
public sealed class OddEnvironmentTests(ITestOutputHelper output) : IDisposable
{
    // PEP668_TEST_ROUNDS=1000 is every case of each maker.
    private static readonly int Most = int.TryParse(
        Environment.GetEnvironmentVariable("PEP668_TEST_ROUNDS"), CultureInfo.InvariantCulture, out int rounds)
        ? rounds : TestExtent.Count(24);

    private const string Script = """
        import sys, json, os
        try:
            import kept
        except ImportError:
            kept = None
        print(json.dumps(dict(
            Version='%d.%d.%d' % sys.version_info[:3], Prefix=sys.prefix,
            BasePrefix=getattr(sys, 'base_prefix', getattr(sys, 'real_prefix', sys.prefix)),
            StdLib=os.path.dirname(os.__file__), Keeps=kept is not None)))
        """;

    private readonly string _folder = FileTree.Host.RealPath(Directory.CreateTempSubdirectory("pep668-odd-").FullName)!;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed record Answer(string Version, string Prefix, string BasePrefix, string StdLib, bool Keeps);

    /// <summary>A change of an environment.</summary>
    private sealed record Oddity(string Name, Action<OddEnvironmentTests> Apply);

    private string Made => Path.Combine(_folder, "env");

    private string Config => Path.Combine(Made, "pyvenv.cfg");

    private string Link => Path.Combine(Made, "bin", "python");

    private Interpreter Base { get; set; } = null!;

    public static TheoryData<string, string> Makers()
    {
        var rows = new TheoryData<string, string>();
        foreach (string python in TestExtent.Some<string>(["3.6", "newest", "managed"], ["3.7", "3.8", "3.9", "3.10", "3.11", "3.12"]))
        {
            foreach (string maker in (string[])["venv", "copies", "virtualenv", "uv"])
            {
                rows.Add(maker, python);
            }
        }
        return rows;
    }

    [Theory]
    [MemberData(nameof(Makers))]
    public void Odd_environment_is_read_as_it_starts_and_is_never_made_worse(string maker, string python) => RandomSeed.Fresh().Run(seed =>
    {
        Base = Interpreters.Need(python, Needs.Venv);
        string template = Path.Combine(_folder, "template");
        Directory.CreateDirectory(_folder + "/none");
        Make(maker);
        Directory.Move(Made, template);
        var random = new Random(seed);
        Oddity[] all = [.. Oddities()];
        var faults = new List<string>();
        int count = 0;
        foreach (Oddity oddity in all.OrderBy(_ => random.Next()).Take(Most))
        {
            if (Directory.Exists(Made))
            {
                Directory.Delete(Made, recursive: true);
            }
            Tool.Run("cp", ["-a", template, Made]).Checked();
            oddity.Apply(this);
            count++;
            faults.AddRange(FaultsOf().Select(fault => $"{maker} {Base.Version}, {oddity.Name}: {fault}"));
        }
        output.WriteLine($"{count} of {all.Length}");
        Assert.True(faults.Count == 0, $"{faults.Count} faults of {count}:\n{string.Join('\n', faults)}");
    });

    private IEnumerable<string> FaultsOf()
    {
        string before = TreeSnapshot.Describe(Made);
        Machine machine = TestMachine();
        var catalog = new EnvironmentCatalog(machine);
        PythonEnvironment? read = catalog.ReadOne(Made).Environment;
        string executable = read?.Executable ?? Link;
        Answer? answer = Ask(executable);
        if (read is null)
        {
            if (answer is not null)
            {
                yield return $"not read, but {executable} starts with {answer}";
            }
            yield break;
        }
        bool works = read.IsVirtual ? Works(answer) : answer is not null;
        if ((read.Health == EnvironmentHealth.Healthy) != works)
        {
            yield return $"{read.Health} ({read.Problem}), but it {(answer is null ? "does not start" : $"starts with {answer}")}";
        }
        else if (works && (read.Prefix != answer!.Prefix || read.BasePrefix != Path.GetFullPath(answer.BasePrefix)
            || !SameVersion(read.Version, answer.Version)))
        {
            yield return $"read as {read.Version} {read.Prefix} {read.BasePrefix}, but {answer}";
        }
        if (!read.IsVirtual)
        {
            yield break;
        }
        var repairer = new VenvRepairer(catalog, SeedCache.For(machine));
        VenvRepair repair = repairer.Prepare(read, null);
        bool isSound = repair.Examination.IsSound;
        if (isSound != works)
        {
            yield return $"sound: {isSound} ({string.Join(" | ", repair.Examination.Defects)}), but it "
                + (works ? "works" : "does not work");
        }
        Outcome<VenvResult> outcome = repairer.Repair(repair, TestContext.Current.CancellationToken);
        Answer? after = Ask(outcome.OrNull()?.Environment.Executable ?? executable);
        if (works ? after != answer : !Works(after) && TreeSnapshot.Describe(Made) != before)
        {
            yield return $"the repair changed {(object?)answer ?? "what does not start"} to {(object?)after ?? "what does not start"}";
        }
    }

    // It starts, and finds what is installed.
    private bool Works(Answer? answer) => answer is not null
        && (answer.Keeps || !Directory.Exists(Path.Combine(Made, "lib"))
            || Directory.GetFiles(Path.Combine(Made, "lib"), "kept.py", SearchOption.AllDirectories).Length == 0);

    // pre-releases and builds from a checkout have more than the numbers.
    private static bool SameVersion(string? read, string numbers) => read?.StartsWith(numbers, StringComparison.Ordinal) == true;

    private Answer? Ask(string executable)
    {
        if (!File.Exists(executable))
        {
            return null;
        }
        try
        {
            // A relative home starts in the working folder.
            Tool.Result result = Tool.Run("/usr/bin/env", ["-C", _folder + "/none", executable, "-E", "-s", "-B", "-c", Script]);
            return result.ExitCode == 0 ? JsonSerializer.Deserialize<Answer>(result.Output) : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    private void Make(string maker)
    {
        switch (maker)
        {
            case "virtualenv" or "uv":
                Assert.SkipUnless(Tool.Exists(maker), "needs " + maker);
                Tool.Result result = maker is "uv"
                    ? Tool.Run("uv", ["venv", "-q", "--offline", "-p", Base.Executable, Made])
                    : Tool.Run("virtualenv", ["-q", "--without-pip", "--no-setuptools", "--no-wheel", "-p", Base.Executable, Made]);
                Assert.SkipWhen(result.ExitCode != 0, $"needs a {maker} that knows Python {Base.Series}");
                break;
            default:
                string[] options = maker is "copies" ? ["--copies"] : [];
                Tool.Run(Base.Executable, ["-m", "venv", "--without-pip", .. options, Made]).Checked();
                break;
        }
        string packages = Directory.GetDirectories(Path.Combine(Made, "lib")).Select(lib => Path.Combine(lib, "site-packages"))
            .First(Directory.Exists);
        File.WriteAllText(Path.Combine(packages, "kept.py"), "");
    }

    private IEnumerable<Oddity> Oddities()
    {
        string home = Path.GetDirectoryName(Base.Executable)!;
        Interpreter other = Interpreters.Minors(Needs.Venv).First(one => one.MajorMinor != Base.MajorMinor);
        string copy = CopiedPython.Make(Path.Combine(_folder, "copy"), Base, marker: false);
        string alias = Path.Combine(_folder, "alias");
        File.CreateSymbolicLink(alias, Path.GetDirectoryName(home)!);
        (string Name, string Value)[] homes =
        [
            ("the interpreter", Base.Executable), ("the prefix", Path.GetDirectoryName(home)!), ("/usr", "/usr"), ("/usr/bin", "/usr/bin"),
            ("a missing folder", "/gone/bin"), ("a relative folder", "../bin"), ("an empty value", ""),
            ("another minor version", Path.GetDirectoryName(other.Executable)!), ("a copy of the base", Path.GetDirectoryName(copy)!),
            ("a link to the base", alias + "/bin"), ("a slash at the end", home + "/"), ("quotes", $"\"{home}\""),
            ("a folder of Windows", @"C:\Python311"), ("the environment", Made + "/bin"), ("two slashes", "/" + home),
        ];
        foreach ((string name, string value) in homes)
        {
            yield return Change("home is " + name, lines => [.. lines.Where(line => !Is(line, "home")), "home = " + value]);
            yield return Change($"home is {name}, before the right one", lines => ["home = " + value, .. lines]);
            yield return Change($"home is {name}, behind the right one", lines => [.. lines, "home = " + value]);
            foreach ((string linkName, string target) in ((string, string)[])[
                ("another minor version", other.Executable), ("a copy of the base", copy), ("nothing", "/gone/bin/python3")])
            {
                yield return new($"home is {name}, and its interpreter leads to {linkName}", one =>
                {
                    one.Rewrite(lines => [.. lines.Where(line => !Is(line, "home")), "home = " + value]);
                    one.Relink(target);
                });
            }
        }
        foreach (string key in (string[])["home", "include-system-site-packages", "version", "version_info", "executable", "command",
            "prompt", "uv", "virtualenv", "implementation", "base-prefix", "base-exec-prefix", "base-executable"])
        {
            yield return Change($"no {key}", lines => [.. lines.Where(line => !Is(line, key))]);
            yield return Change($"{key} twice", lines => [.. lines, .. lines.Where(line => Is(line, key))]);
            yield return Change($"{key} in capitals",
                lines => [.. lines.Select(line => Is(line, key) ? line.ToUpperInvariant()[..key.Length] + line[key.Length..] : line)]);
            yield return Change($"{key} is empty", lines => [.. lines.Where(line => !Is(line, key)), key + " ="]);
            yield return Change($"{key} without a sign", lines => [.. lines.Select(line => Is(line, key) ? line.Replace('=', ' ') : line)]);
        }
        foreach (string version in (string[])["3.14.0", "2.7.18", "3.1", "0", "x", Base.Series, "3.99.99"])
        {
            yield return Change($"version is {version}",
                lines => [.. lines.Where(line => !Is(line, "version") && !Is(line, "version_info")), "version = " + version]);
            yield return Change($"version_info is {version}", lines => [.. lines, $"version_info = {version}.final.0"]);
        }
        yield return new("no configuration", one => File.Delete(one.Config));
        yield return Change("an empty configuration", _ => []);
        yield return Change("a comment", lines => ["# made = by hand", .. lines]);
        yield return new("a BOM", one => File.WriteAllText(one.Config, "\uFEFF" + File.ReadAllText(one.Config)));
        yield return new("carriage returns", one => File.WriteAllText(one.Config, File.ReadAllText(one.Config).ReplaceLineEndings("\r\n")));
        yield return new("UTF-16", one => File.WriteAllText(one.Config, File.ReadAllText(one.Config), System.Text.Encoding.Unicode));
        yield return new("the configuration beside the interpreter",
            one => File.Move(one.Config, Path.Combine(one.Made, "bin", "pyvenv.cfg")));
        yield return new("a folder as configuration", one =>
        {
            File.Delete(one.Config);
            Directory.CreateDirectory(one.Config);
        });
        yield return new("an interpreter that leads to another minor version", one => one.Relink(other.Executable));
        yield return new("an interpreter that leads to a copy of the base", one => one.Relink(copy));
        yield return new("an interpreter that leads nowhere", one => one.Relink("/gone/bin/python3"));
        yield return new("an interpreter that leads through a link",
            one => one.Relink(Path.Combine(alias, "bin", Path.GetFileName(Base.Executable))));
        yield return new("a copied interpreter", one => one.Replace(FileTree.Host.RealPath(Base.Executable)!));
        yield return new("a copied interpreter of another minor version", one => one.Replace(FileTree.Host.RealPath(other.Executable)!));
        yield return new("an interpreter that is text", one => one.Replace(null));
        yield return new("no lib", one => Directory.Delete(Path.Combine(one.Made, "lib"), recursive: true));
        yield return new("a second lib",
            one => Directory.CreateDirectory(Path.Combine(one.Made, "lib", "python" + other.Series, "site-packages")));
        yield return new("a renamed lib", one => Directory.Move(
            Path.Combine(one.Made, "lib", "python" + Base.Series), Path.Combine(one.Made, "lib", "python" + other.Series)));
        yield return new("no bin", one => Directory.Delete(Path.Combine(one.Made, "bin"), recursive: true));
    }

    private static bool Is(string line, string key) => line.Split('=')[0].Trim().Equals(key, StringComparison.OrdinalIgnoreCase);

    private static Oddity Change(string name, Func<string[], string[]> change) => new(name, one => one.Rewrite(change));

    private void Rewrite(Func<string[], string[]> change) => File.WriteAllLines(Config, change(File.ReadAllLines(Config)));

    private void Relink(string target)
    {
        foreach (string path in Names())
        {
            File.Delete(path);
            File.CreateSymbolicLink(path, target);
        }
    }

    private void Replace(string? program)
    {
        foreach (string path in Names())
        {
            File.Delete(path);
            if (program is null)
            {
                File.WriteAllText(path, "text");
                File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
            }
            else
            {
                File.Copy(program, path);
            }
        }
    }

    private IEnumerable<string> Names() =>
        Directory.GetFiles(Path.Combine(Made, "bin")).Where(path => InterpreterName.Parse(Path.GetFileName(path)) is not null);

    private static Machine TestMachine() => Machine.Current() with
    {
        Variables = new Dictionary<string, string>(StringComparer.Ordinal) { ["PEP668_CACHE_DIR"] = SharedSeeds.Cache },
    };
}
