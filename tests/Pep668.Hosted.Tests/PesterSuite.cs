namespace Pep668.Hosted.Tests;

/// <summary>The suite of <c>tests/Pester</c>, in a fresh pwsh, as one test.</summary>
public sealed class PesterSuite(ITestOutputHelper output)
{
    private const int NoPester = 3;

    [Fact]
    public void Passes()
    {
        // What a run before this one left must not be taken for this one's.
        string results = Path.Combine(SourceTree.Root, "TestResults", "pester.txt");
        Directory.CreateDirectory(Path.GetDirectoryName(results)!);
        File.Delete(results);
        if (InstalledPwsh.Program is not string pwsh)
        {
            const string Missing = "there is no pwsh on PATH";
            File.WriteAllText(results, $"PESTER: not run: {Missing}\n");
            Assert.Skip(Missing);
            return;
        }
        (int exitCode, string text) = InstalledPwsh.Run(pwsh, "-File", Path.Combine(SourceTree.Root, "tests", "Pester", "Invoke-Suite.ps1"));
        string[] lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string summary = lines.LastOrDefault(line => line.StartsWith("PESTER: ", StringComparison.Ordinal)) ?? "PESTER: no summary";
        output.WriteLine(summary);
        foreach (string skipped in lines.Where(line => line.StartsWith("skipped: ", StringComparison.Ordinal)))
        {
            output.WriteLine(skipped);
        }
        File.WriteAllText(results, summary + "\n");
        Assert.SkipWhen(exitCode == NoPester, summary);
        Assert.True(exitCode == 0, text);
        Assert.Matches("^PESTER: [1-9][0-9]* passed, 0 failed, [0-9]+ skipped$", summary);
    }
}
