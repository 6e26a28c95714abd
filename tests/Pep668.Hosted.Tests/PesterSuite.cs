using System.Diagnostics;
using System.Reflection;

namespace Pep668.Hosted.Tests;

/// <summary>
/// The suite of <c>tests/Pester</c> in a fresh process of the pwsh of <c>.config/dotnet-tools.json</c>, as one test.
/// The variable <c>PEP668_TEST_PESTER</c> selects another of the Pester versions that the project downloads.
/// </summary>
public sealed class PesterSuite(ITestOutputHelper output)
{
    [Fact]
    public void Pester_suite_passes()
    {
        // A result of an earlier run must not be mistaken for this one's.
        string results = Path.Combine(SourceTree.Root, "TestResults", "pester.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(results)!);
        File.Delete(results);

        (int exitCode, string text) = DotNet("tool", "restore");
        Assert.True(exitCode == 0, text);
        string suite = SourceTree.File("tests/Pester/Invoke-Suite.ps1");
        (exitCode, text) = DotNet("tool", "run", "pwsh", "-NoProfile", "-NonInteractive", "-File", suite, "-Pester", Pester());
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string summary = lines.LastOrDefault(line => line.StartsWith("PESTER: ", StringComparison.Ordinal)) ?? "PESTER: no summary";
        File.WriteAllLines(results, [.. lines.Where(line => line.StartsWith("skipped: ", StringComparison.Ordinal)), summary]);
        output.WriteLine(summary);
        Assert.True(exitCode == 0, text);
        Assert.Matches("^PESTER: [1-9][0-9]* passed, 0 failed, [0-9]+ skipped ", summary);
    }

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
        start.Environment["DOTNET_TieredPGO"] = "0"; // profiles that a process of this length does not use
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> error = process.StandardError.ReadToEndAsync();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text + error.Result);
    }
}
