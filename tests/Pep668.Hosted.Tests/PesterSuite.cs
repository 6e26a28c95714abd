using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;

namespace Pep668.Hosted.Tests;

/// <summary>
/// The suite of <c>tests/Pester</c> in fresh processes of the pwsh of <c>.config/dotnet-tools.json</c>, as one test.
/// The variable <c>PEP668_TEST_PESTER</c> selects another of the Pester versions that the project downloads.
/// </summary>
public sealed partial class PesterSuite(ITestOutputHelper output)
{
    // A file runs in one thread, and waits for the programs that it starts.
    private const int Processes = 2;

    [Fact]
    public void Pester_suite_passes()
    {
        // A result of an earlier run must not be mistaken for this one's.
        string results = Path.Combine(SourceTree.Root, "TestResults", "pester.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(results)!);
        File.Delete(results);

        (int exitCode, string text) = DotNet("tool", "restore");
        Assert.True(exitCode == 0, text);
        // One cache of seeds for all: to make the seed of an interpreter takes seconds.
        DirectoryInfo cache = Directory.CreateTempSubdirectory("pep668-pester-cache-"),
            claims = Directory.CreateTempSubdirectory("pep668-pester-claims-");
        (int ExitCode, string Output)[] runs = [.. Enumerable.Range(0, Processes).AsParallel().WithDegreeOfParallelism(Processes)
            .Select(_ => Run(cache.FullName, claims.FullName))];
        cache.Delete(recursive: true);
        claims.Delete(recursive: true);
        string[] lines =
            [.. runs.SelectMany(run => run.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
        Match[] parts = [.. lines.Select(line => Summary().Match(line)).Where(match => match.Success)];
        int Sum(string name) => parts.Sum(part => int.Parse(part.Groups[name].Value, CultureInfo.InvariantCulture));
        string summary = $"PESTER: {Sum("passed")} passed, {Sum("failed")} failed, {Sum("skipped")} skipped "
            + $"({parts.Select(part => part.Groups["versions"].Value).FirstOrDefault()})";
        File.WriteAllLines(results, [.. lines.Where(line => line.StartsWith("skipped: ", StringComparison.Ordinal)), summary]);
        output.WriteLine(summary);
        Assert.True(runs.All(run => run.ExitCode == 0), string.Join('\n', runs.Select(run => run.Output)));
        Assert.Equal(runs.Length, parts.Length);
        Assert.True(Sum("passed") > 0 && Sum("failed") == 0, summary);
    }

    private static (int ExitCode, string Output) Run(string cache, string claims)
    {
        string Quoted(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
        string suite = SourceTree.File("tests/Pester/Invoke-Suite.ps1");
        return DotNet("tool", "run", "pwsh", "-NoProfile", "-NonInteractive", "-Command",
            $"$env:PEP668_TEST_CACHE = {Quoted(cache)}; "
            + $"& {Quoted(suite)} -Pester {Quoted(Pester())} -Claims {Quoted(claims)}; exit $LASTEXITCODE");
    }

    [GeneratedRegex(@"^PESTER: (?<passed>\d+) passed, (?<failed>\d+) failed, (?<skipped>\d+) skipped \((?<versions>.*)\)$",
        RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Summary();

    // The manifest of the Pester module in NuGet's package folder.
    private static string Pester()
    {
        string? named = Environment.GetEnvironmentVariable("PEP668_TEST_PESTER");
        string version = string.IsNullOrEmpty(named) ? Metadata("PesterVersion") : named;
        string manifest = Path.Combine(Metadata("PesterPackages"), version, "tools", "Pester.psd1");
        Assert.True(File.Exists(manifest), $"Pester {version} is not downloaded by the project: '{manifest}' was not found.");
        return manifest;
    }

    private static string Metadata(string key) =>
        typeof(PesterSuite).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == key).Value!;

    private static (int ExitCode, string Output) DotNet(params string[] arguments)
    {
        // The dotnet that runs this test, also where it is not the first on PATH.
        string program = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") is { Length: > 0 } host ? host : "dotnet";
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = SourceTree.Root,
        };
        start.Environment["NO_COLOR"] = "1";
        start.Environment["POWERSHELL_TELEMETRY_OPTOUT"] = "1";
        // Code that is compiled once more, or counted for that, is not used long enough.
        start.Environment["DOTNET_TieredPGO"] = "0";
        start.Environment["DOTNET_TC_CallCounting"] = "0";
        // Fewer collections, and no thread for them: memory matters less here than time.
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_GCgen0size"] = "0x4000000";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text + error.Result);
    }
}
