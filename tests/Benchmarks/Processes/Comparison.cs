using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Pep668.Benchmarks.Processes;

/// <summary>
/// Whole processes side by side: every round runs each contestant once, each round in another order, so that whatever
/// else the machine does falls on all alike.
/// </summary>
internal static class Comparison
{
    private const string FindAll = "Which Pythons are here?";
    private const string FindBelow = "Which environments are below a folder?";
    private const string Python = "/usr/bin/python3";
    private const string IsManaged = "Is it managed?";
    private const string Import = "Import-Module, in a fresh pwsh";

    // Every interpreter that virtualenv would propose, each asked for its facts or, when it has a cache, looked up
    // there.
    private const string Virtualenv = """
        import os, sys, virtualenv
        from virtualenv.app_data import make_app_data
        from virtualenv.discovery.builtin import propose_interpreters
        from virtualenv.discovery.py_spec import PythonSpec
        folder = sys.argv[1] if len(sys.argv) > 1 else None
        data = make_app_data(folder, read_only=False, env=os.environ)
        if folder is None:
            from virtualenv.app_data.na import AppDataDisabled
            data = AppDataDisabled()
        for name in ('python', 'python2', 'python3', 'pypy', 'pypy3'):
            for info, _ in propose_interpreters(PythonSpec.from_string_spec(name), [], data, os.environ):
                if info is not None:
                    print(info.system_executable)
        """;

    internal static int Run(int rounds, string? only)
    {
        string folder = Directory.CreateTempSubdirectory("pep668-benchmarks-").FullName;
        try
        {
            string companion =
                Publish("src/Pep668.Cli", Path.Combine(folder, "tools"), "--runtime", RuntimeInformation.RuntimeIdentifier) + "/pep668";
            IEnumerable<Contestant> all = only switch
            {
                "venv" => VenvContestants.All(folder, companion),
                "packages" => PackageContestants.All(folder, companion),
                "lint" => LintContestants.All(folder, companion),
                "resources" => ResourceContestants.All(
                    folder, companion, () => Publish("src/Pep668", Path.Combine(folder, "Pep668", "bin"))),
                _ => Contestants(folder, companion),
            };
            Contestant[] contestants = [.. all.Where(one => one.IsHere())];
            for (int round = 0; round < rounds; round++)
            {
                Console.Error.Write($"\rround {round + 1} of {rounds} ");
                for (int place = 0; place < contestants.Length; place++)
                {
                    contestants[(place + round) % contestants.Length].Run(counts: true);
                }
            }
            Console.Error.WriteLine();
            contestants = [.. contestants.Concat(contestants.Select(one => one.Next).OfType<Contestant>())];
            foreach (IGrouping<string, Contestant> group in contestants.GroupBy(one => one.Group, StringComparer.Ordinal))
            {
                Print(group.Key, [.. group]);
            }
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static List<Contestant> Contestants(string folder, string companion)
    {
        var all = new List<Contestant>
        {
            new(FindAll, "pep668 list", companion, "list") { Lists = true },
            new(FindAll, "pep668 list --json", companion, "list", "--json"),
            new(FindAll, "pep668 --version (start and nothing else)", companion, "--version"),
            new(FindAll, "true (starting any process)", "true"),
            new(FindAll, "pet find", "pet", "find") { Lists = true },
            new(FindAll, "uv python list", "uv", "python", "list", "--offline", "--only-installed") { Lists = true },
            new(FindAll, "virtualenv's discovery, cached", Python, "-c", Virtualenv, Path.Combine(folder, "virtualenv")) { Lists = true },
            new(FindAll, "virtualenv's discovery, no cache", Python, "-c", Virtualenv) { Lists = true },
            new(FindAll, "findpython", Python, "-c",
                "import findpython\nfor one in findpython.find_all(): print(one.executable)") { Lists = true },
            new(FindBelow, "pep668 list --recurse, 1,000 environments", companion, "list", "--recurse", Projects(folder, 1_000)),
            new(FindBelow, "pep668 list --recurse, 10,000 environments", companion, "list", "--recurse", Projects(folder, 10_000)),
            new(FindBelow, "one environment, asked by running it", Python, "-c", "import sys; print(sys.prefix, sys.version_info)"),
            new(IsManaged, "pep668 check", companion, "check", Python) { ExitCode = 1 },
            new(IsManaged, "pip's refusal", Python, "-m", "pip", "install", "--no-index", "x") { ExitCode = 1 },
        };
        if (Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(one => File.Exists(Path.Combine(one, "pwsh"))))
        {
            string module = Path.Combine(folder, "Pep668");
            Publish("src/Pep668", Path.Combine(module, "bin"));
            File.Copy(Path.Combine(Source(), "Pep668.psd1"), Path.Combine(module, "Pep668.psd1"));
            all.Add(Importing("an empty binary module", EmptyModule(folder)));
            all.Add(Importing("Pep668", Path.Combine(module, "Pep668.psd1")));
        }
        return all;
    }

    // Projects with a virtual environment of this machine's Python each, and a little else in them.
    private static string Projects(string folder, int count)
    {
        string projects = Path.Combine(folder, "projects-" + count.ToString(CultureInfo.InvariantCulture));
        for (int number = 0; number < count; number++)
        {
            string project = Path.Combine(projects, (number / 100).ToString("'group'000", CultureInfo.InvariantCulture),
                number.ToString("'project'00000", CultureInfo.InvariantCulture));
            string site = Path.Combine(project, ".venv/lib/python3.11/site-packages/pip");
            Directory.CreateDirectory(site);
            Directory.CreateDirectory(Path.Combine(project, "src", "package"));
            Directory.CreateDirectory(Path.Combine(project, ".venv/bin"));
            File.WriteAllText(Path.Combine(site, "__init__.py"), "__version__ = \"23.0.1\"\n");
            File.WriteAllText(Path.Combine(project, ".venv/pyvenv.cfg"),
                "home = /usr/bin\ninclude-system-site-packages = false\nversion = 3.11.2\n");
            File.WriteAllText(Path.Combine(project, ".venv/bin/activate"), $"VIRTUAL_ENV={project}/.venv\n");
            File.CreateSymbolicLink(Path.Combine(project, ".venv/bin/python"), Python);
            File.CreateSymbolicLink(Path.Combine(project, ".venv/bin/python3"), "python");
        }
        return projects;
    }

    private static Contestant Importing(string name, string manifest) => new(
        Import, name, "pwsh", "-NoProfile", "-NonInteractive", "-Command",
        // Measure-Command has been compiled before it counts.
        $"$null = Measure-Command {{ Get-Module }}; (Measure-Command {{ Import-Module '{manifest}' " +
        $"}}).TotalMilliseconds.ToString([cultureinfo]::InvariantCulture)")
    {
        TellsTime = true,
    };

    private static string EmptyModule(string folder)
    {
        string project = Path.Combine(folder, "Source");
        string module = Path.Combine(folder, "Empty");
        Directory.CreateDirectory(project);
        File.WriteAllText(Path.Combine(project, "Empty.csproj"), """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net8.0</TargetFramework>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="PowerShellStandard.Library" Version="5.1.1" PrivateAssets="all" ExcludeAssets="runtime" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(project, "Empty.cs"), """
            [System.Management.Automation.Cmdlet("Get", "Nothing")]
            public sealed class GetNothing : System.Management.Automation.PSCmdlet;
            """);
        Publish(project, Path.Combine(module, "bin"));
        string manifest = Path.Combine(module, "Empty.psd1");
        File.WriteAllText(manifest, """
            @{
                RootModule        = 'bin/Empty.dll'
                ModuleVersion     = '1.0.0'
                CmdletsToExport   = @('Get-Nothing')
                FunctionsToExport = @()
                AliasesToExport   = @()
                VariablesToExport = @()
            }
            """);
        return manifest;
    }

    private static string Publish(string project, string output, params string[] more)
    {
        Console.Error.WriteLine($"publishing {Path.GetFileName(output)} …");
        var start = new ProcessStartInfo("dotnet",
            ["publish", Path.Combine(Source(), project), "--configuration", "Release", "--output", output, "--nologo", .. more])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : throw new InvalidOperationException(text);
    }

    /// <summary>The top of the source tree.</summary>
    private static string Source([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));

    private static void Print(string question, Contestant[] contestants)
    {
        double first = Median(contestants[0].Times);
        Console.WriteLine($"\n| {question} | median | min | max | ratio | found |");
        Console.WriteLine("|---|---:|---:|---:|---:|---:|");
        foreach (Contestant one in contestants)
        {
            double median = Median(one.Times);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {one.Name} | {median:F1} ms | {one.Times.Min():F1} | {one.Times.Max():F1} | {median / first:F1} | " +
                $"{(one.Lists ? one.Found.Count : "")} |"));
        }
        foreach (Contestant one in contestants.Skip(1).Where(one => one.Lists))
        {
            string[] missed = [.. one.Found.Where(found => !contestants[0].Found.ContainsKey(found.Key)).Select(found => found.Value)];
            if (missed.Length > 0)
            {
                Console.WriteLine($"\nFound by {one.Name} and not by {contestants[0].Name}: {string.Join(", ", missed)}");
            }
        }
    }

    private static double Median(List<double> times)
    {
        double[] sorted = [.. times.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
