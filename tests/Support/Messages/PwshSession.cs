using System.IO.Pipes;

namespace Pep668.Tests;

/// <summary>
/// One pwsh that runs the scripts of many tests, one after the other: its start, and the first use of each command of
/// the module, take most of the time of a script. In a full run (<see cref="TestExtent"/>) and on Windows, each script
/// has its own.
/// </summary>
public sealed class PwshSession : IDisposable
{
    // Variables and the location are those of the start again for each script.
    private const string Server = """
        param([string] $Pipe)
        $ErrorActionPreference = 'Stop'
        $variables = [System.Environment]::GetEnvironmentVariables()
        $client = [System.IO.Pipes.NamedPipeClientStream]::new($Pipe)
        $client.Connect(60000)
        $requests = [System.IO.StreamReader]::new($client)
        $answers = [System.IO.StreamWriter]::new($client)
        while ($null -ne ($folder = $requests.ReadLine())) {
            Set-Location -LiteralPath $folder
            try {
                $data = [System.IO.File]::ReadAllText("$folder/data.json") | ConvertFrom-Json -AsHashtable -NoEnumerate
                $out = [System.Collections.Generic.List[object]]::new()
                & "$folder/script.ps1"
                [System.IO.File]::WriteAllText("$folder/result.json", (ConvertTo-Json -Depth 9 -Compress -InputObject $out))
            }
            catch { [System.IO.File]::WriteAllText("$folder/error.txt", "$_`n$($_.ScriptStackTrace)") }
            foreach ($name in @([System.Environment]::GetEnvironmentVariables().Keys)) {
                if (-not $variables.ContainsKey($name)) { [System.Environment]::SetEnvironmentVariable($name, $null) }
            }
            foreach ($name in $variables.Keys) { [System.Environment]::SetEnvironmentVariable($name, $variables[$name]) }
            Set-Location -LiteralPath $PSScriptRoot
            $answers.WriteLine('done')
            $answers.Flush()
        }
        """;

    private readonly Lock _running = new();
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("pep668-pwsh-");
    private NamedPipeServerStream? _pipe;
    private StreamReader? _answers;
    private Task<Tool.Result>? _process;
    private int _count;

    public void Dispose()
    {
        _pipe?.Dispose();
        _process?.GetAwaiter().GetResult();
        _folder.Delete(recursive: true);
    }

    /// <summary>What a script of PowerShell adds to <c>$out</c>, as a JSON array.</summary>
    /// <param name="script">The script. <c>$data</c> is the object that was given.</param>
    /// <param name="json">The object, as JSON.</param>
    internal string Run(string script, string json)
    {
        if (TestExtent.IsFull || OperatingSystem.IsWindows())
        {
            return ShellOracle.PowerShell(script, json);
        }
        using Lock.Scope _ = _running.EnterScope();
        Start();
        string folder = _folder.CreateSubdirectory($"{_count++}").FullName, result = Path.Combine(folder, "result.json"),
            error = Path.Combine(folder, "error.txt");
        File.WriteAllText(Path.Combine(folder, "script.ps1"), script);
        File.WriteAllText(Path.Combine(folder, "data.json"), json);
        _pipe!.Write(System.Text.Encoding.UTF8.GetBytes(folder + "\n"));
        Assert.True(_answers!.ReadLine() is "done", "the pwsh has ended");
        Assert.True(File.Exists(result), File.Exists(error) ? File.ReadAllText(error) : "no result");
        return File.ReadAllText(result);
    }

    private void Start()
    {
        if (_pipe is not null)
        {
            return;
        }
        string script = Path.Combine(_folder.FullName, "server.ps1"), name = Path.Combine(_folder.FullName, "pipe");
        File.WriteAllText(script, Server);
        var pipe = new NamedPipeServerStream(name, PipeDirection.InOut);
        var process = Task.Run(() => Tool.RunPwsh("-File", script, name));
        if (Task.WhenAny(pipe.WaitForConnectionAsync(), process).GetAwaiter().GetResult() == process)
        {
            pipe.Dispose();
            Tool.Result end = process.GetAwaiter().GetResult(); // or the reason to skip the test
            Assert.Fail(end.Error + end.Output);
        }
        (_pipe, _process, _answers) = (pipe, process, new(pipe));
    }
}
