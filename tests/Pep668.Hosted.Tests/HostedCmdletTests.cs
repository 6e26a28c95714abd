using System.Diagnostics;

namespace Pep668.Hosted.Tests;

/// <summary>The cmdlets in a PowerShell that another program hosts.</summary>
public sealed class HostedCmdletTests : IDisposable
{
    private const string Marker = "[externally-managed]\nError=use apt\n";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    private readonly Fixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Manifest_imports_all_cmdlets()
    {
        using var session = new Session(SourceTree.Manifest);
        Outcome outcome = session.Run("(Get-Command -Module Pep668).Name | Sort-Object");
        Assert.Equal(
            ["Enter-PythonVenv", "Exit-PythonVenv", "Find-PipOverride", "Find-PythonPackageConflict", "Find-SystemPythonPackage",
                "Get-ExternallyManagedMarker", "Get-PipInstallPlan", "Get-PipOverride", "Get-PythonApplication", "Get-PythonEnvironment",
                "Get-PythonInstallAdvice", "Get-PythonPackage", "Install-PythonApplication", "Invoke-PipInstall", "Invoke-PipUninstall",
                "New-PythonVenv", "Remove-PythonVenv", "Repair-PythonVenv", "Test-ExternallyManaged", "Test-PythonVenv",
                "Uninstall-PythonApplication", "Update-PythonApplication"],
            outcome.Output);
        Assert.Empty(outcome.ErrorIds);
    }

    [Fact]
    public void Assembly_imports_without_the_manifest()
    {
        using var session = new Session(SourceTree.Module);
        Assert.Equal(["Pep668"], session.Run("(Get-Command Test-ExternallyManaged).ModuleName").Output);
    }

    [Fact]
    public void Pipeline_writes_objects_and_errors()
    {
        string managed = _fixture.Python("managed", "3.12.5", Marker), plain = _fixture.Python("plain", "3.11.4");
        using var session = new Session(SourceTree.Manifest);
        Outcome outcome =
            session.Run(
                "param($a, $b) $a, \"$b/nowhere\", $b | Get-PythonEnvironment | ForEach-Object { \"$($_.Version) " +
                "$($_.IsExternallyManaged)\" }", managed, plain);
        Assert.Equal(["3.12.5 True", "3.11.4 False"], outcome.Output);
        Assert.Equal(["EnvironmentNotFound"], outcome.ErrorIds);
        Assert.Equal(["use apt"], session.Run("param($a) (Get-ExternallyManagedMarker $a -Language '').Message", managed).Output);
    }

    [Fact]
    public void Deserialized_environment_is_read_again_from_disk()
    {
        string python = _fixture.Python("changing", "3.11.4");
        using var session = new Session(SourceTree.Manifest);
        session.Run("""
            param($path)
            $text = [System.Management.Automation.PSSerializer]::Serialize((Get-PythonEnvironment $path))
            $global:copy = [System.Management.Automation.PSSerializer]::Deserialize($text)
            """, python);
        Assert.Equal(["Deserialized.Pep668.PythonEnvironment", "False"],
            session.Run("$copy.PSObject.TypeNames[0]; $copy.IsExternallyManaged").Output);
        Assert.Equal(["False"], session.Run("$copy | Test-ExternallyManaged").Output);
        _fixture.Write("changing/lib/python3.11/EXTERNALLY-MANAGED", Marker);
        Assert.Equal(["True"], session.Run("$copy | Test-ExternallyManaged").Output);

        Outcome remote =
            session.Run("$copy | Add-Member -NotePropertyName PSComputerName -NotePropertyValue web01; $copy | Test-ExternallyManaged");
        Assert.Empty(remote.Output);
        Assert.Equal(["RemoteEnvironment"], remote.ErrorIds);
    }

    [Fact]
    public void Runspaces_have_separate_locations()
    {
        _fixture.Python("one/usr", "3.11.4", Marker);
        _fixture.Python("two/usr", "3.12.5");
        using Session first = new(SourceTree.Manifest), second = new(SourceTree.Manifest);
        first.Run("param($path) Set-Location -LiteralPath $path", Path.Combine(_fixture.Folder, "one"));
        second.Run("param($path) Set-Location -LiteralPath $path", Path.Combine(_fixture.Folder, "two"));
        Assert.Equal(["True"], first.Run("Test-ExternallyManaged ./usr").Output);
        Assert.Equal(["False"], second.Run("Test-ExternallyManaged ./usr").Output);
        Assert.Equal(["3.11.4"], first.Run("(Get-PythonEnvironment /usr -Root .).Version").Output);
    }

    [Fact]
    public async Task Concurrent_runspaces_agree()
    {
        string[] versions = ["3.8.1", "3.9.2", "3.10.3", "3.11.4", "3.12.5", "3.13.6"];
        foreach (string version in versions)
        {
            _fixture.Python($"home/user/.pyenv/versions/{version}", version, version is "3.10.3" ? Marker : null);
        }
        const string Script = """
            param($root)
            foreach ($turn in 1..20) {
                $found = Get-PythonEnvironment -Root $root
                "$($found.Version) $(@($found | Test-ExternallyManaged)) $(($found | Get-ExternallyManagedMarker -Language '').Message)"
            }
            """;
        Outcome[] outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() =>
        {
            using var session = new Session(SourceTree.Manifest);
            return session.Run(Script, _fixture.Folder);
        }, TestContext.Current.CancellationToken)));
        Assert.All(outcomes, outcome =>
        {
            Assert.Empty(outcome.ErrorIds);
            Assert.Equal(20, outcome.Output.Count);
            Assert.All(outcome.Output,
                line => Assert.Equal("3.13.6 3.12.5 3.11.4 3.10.3 3.9.2 3.8.1 False False False True False False use apt", line));
        });
    }

    // The interpreter writes to a FIFO when it runs, and keeps it open: the FIFO ends when the interpreter does.
    [Fact]
    public async Task Stopped_pipeline_ends_an_interpreter_that_hangs()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "a FIFO is POSIX's");
        string? python = RealPython();
        Assert.SkipWhen(python is null, "needs Python 3");
        string series = Captured(python!, "-I", "-c", "import sys; print('%d.%d' % sys.version_info[:2])");
        string fifo = Path.Combine(_fixture.Folder, "fifo");
        Captured("mkfifo", fifo);
        _fixture.Write("venv/pyvenv.cfg",
            $"home = {Path.GetDirectoryName(python)}\ninclude-system-site-packages = false\nversion = {series}.0\n");
        _fixture.Write($"venv/lib/python{series}/site-packages/hang.pth",
            $"import time; f = open('{fifo}', 'w'); f.write('runs\\n'); f.flush(); time.sleep(600)\n");
        Directory.CreateDirectory(Path.Combine(_fixture.Folder, "venv", "bin"));
        File.CreateSymbolicLink(Path.Combine(_fixture.Folder, "venv", "bin", "python"), python!);

        using var session = new Session(SourceTree.Manifest);
        var ended = new TaskCompletionSource<string>();
        Task<string?> runs = Task.Run(() =>
        {
            var reader = new StreamReader(fifo);
            string? line = reader.ReadLine();
            // Not awaited here: it ends when the interpreter does.
            _ = Task.Run(() =>
            {
                using (reader)
                {
                    ended.SetResult(reader.ReadToEnd());
                }
            });
            return line;
        }, TestContext.Current.CancellationToken);
        string state = await session.StopWhen(runs, "param($path) Get-PythonEnvironment -LiteralPath $path -Verify; 'not reached'",
            Path.Combine(_fixture.Folder, "venv"))
            .WaitAsync(Limit, TestContext.Current.CancellationToken);
        Assert.Equal("runs", await runs);
        Assert.Equal("Stopped", state);
        Assert.Equal("", await ended.Task.WaitAsync(Limit, TestContext.Current.CancellationToken));
        Assert.Equal(["True"],
            session.Run("param($path) (Get-PythonEnvironment -LiteralPath $path).IsVirtual", Path.Combine(_fixture.Folder, "venv")).Output);
    }

    // The system's Python, one on PATH that is not a shim, or one of pyenv.
    private static string? RealPython()
    {
        string pyenv = Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".pyenv", "versions");
        string[] onPath = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        IEnumerable<string> versions =
            Directory.Exists(pyenv) ? Directory.GetDirectories(pyenv).Select(folder => Path.Combine(folder, "bin")) : [];
        return ((string[])["/usr/bin", .. onPath, .. versions])
            .Where(folder => Path.IsPathRooted(folder) && !folder.EndsWith("/shims", StringComparison.Ordinal))
            .Select(folder => Path.Combine(folder, "python3"))
            .FirstOrDefault(File.Exists);
    }

    private static string Captured(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
