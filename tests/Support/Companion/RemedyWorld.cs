using System.IO.Compression;
using System.Text.Json;
using Pep668.Shells;

namespace Pep668.Tests;

/// <summary>
/// A home, a project folder and a folder of wheels, with the externally managed Python of this machine. A command is
/// run that fails or warns, then the first remedy that it shows, in the same shell.
/// </summary>
internal sealed class RemedyWorld : IDisposable
{
    private readonly Dictionary<string, string> _variables = new(StringComparer.Ordinal);

    private readonly PwshSession? _session;

    /// <param name="session">The pwsh for the commands of the module; null where none is run.</param>
    internal RemedyWorld(PwshSession? session = null)
    {
        _session = session;
        Python = Interpreters.Need("managed", Needs.Venv | Needs.Ensurepip | Needs.Pip).Executable;
        foreach (string name in (string[])["home", "project", "bin"])
        {
            Directory.CreateDirectory(Path.Combine(Folder, name));
        }
        Wheels = new(Path.Combine(Folder, "wheels"));
        string start = string.Join(' ', Companion.Command.Select(PosixRenderer.Instance.Quote));
        Script("pep668", $"exec {start} \"$@\"");
        Script("sudo", "exec \"$@\"");
        // A command that forgets where the packages are fails at once: no index is ever asked.
        Set("HOME", Path.Combine(Folder, "home")).Set("PATH", $"{Folder}/bin:/usr/bin:/bin").Set("LC_ALL", "C.UTF-8")
            .Set("PIP_RETRIES", "0")
            .Set("HTTPS_PROXY", "http://127.0.0.1:9").Set("PEP668_CACHE_DIR", SharedSeeds.Cache)
            .Set("PIP_DISABLE_PIP_VERSION_CHECK", "1").Set("DOTNET_TieredPGO", "0").Set("DOTNET_TC_CallCounting", "0");
    }

    /// <summary>A folder whose name needs quotes in every shell.</summary>
    internal string Folder { get; } = Directory.CreateDirectory(Path.Combine(
        Directory.CreateTempSubdirectory("pep668-remedy-").FullName, "it’s a 'test'")).FullName;

    internal string Python { get; }

    internal WheelHouse Wheels { get; }

    internal string Project => Path.Combine(Folder, "project");

    internal string Venv => Path.Combine(Project, ".venv");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);

    internal RemedyWorld Set(string variable, string value)
    {
        _variables[variable] = value;
        return this;
    }

    /// <summary>The wheels are where pip is configured to look.</summary>
    internal RemedyWorld WithWheels() => Set("PIP_NO_INDEX", "1").Set("PIP_FIND_LINKS", new Uri(Wheels.Folder).AbsoluteUri);

    internal string Write(string path, string text)
    {
        string full = Path.Combine(Folder, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }

    /// <summary>Runs a line of <c>sh</c> in the project.</summary>
    internal Tool.Result Shell(string line) => Tool.Run("/bin/sh", ["-c", line], Project, _variables);

    /// <summary>Creates <c>.venv</c> with wheels: their names without the tags.</summary>
    internal void MakeVenv(params string[] wheels)
    {
        Shell($"pep668 venv .venv --python {Python}").Checked();
        string library = Directory.GetDirectories(Path.Combine(Venv, "lib")).Single();
        foreach (string wheel in wheels)
        {
            ZipFile.ExtractToDirectory(Wheels.PathOf(wheel), Path.Combine(library, "site-packages"));
        }
    }

    /// <summary>What a Python prints of a module: the version.</summary>
    internal string VersionOf(string module, string? venv = null)
    {
        Tool.Result result =
            Tool.Run(Path.Combine(venv ?? Venv, "bin", "python"), ["-c", $"import {module}; print({module}.version)"], Project);
        return result.ExitCode == 0 ? result.Output.Trim() : result.Error;
    }

    /// <summary>Runs a command, and the first remedy that it shows.</summary>
    /// <param name="shell"><c>pwsh</c> or <c>sh</c>.</param>
    /// <param name="command">The command in that shell.</param>
    /// <returns>The remedy's command.</returns>
    internal string RunRemedyOf(string shell, string command) => shell == "pwsh" ? InPwsh(command) : InShell(command);

    private string InPwsh(string command)
    {
        string json = _session!.Run("""
            foreach ($name in $data.variables.Keys) { [System.Environment]::SetEnvironmentVariable($name, $data.variables[$name]) }
            Import-Module $data.manifest
            Set-Location -LiteralPath $data.folder
            $ErrorActionPreference = 'Continue'
            $lines = & ([scriptblock]::Create($data.command)) 2>&1 3>&1 | ForEach-Object {
                if ($_ -is [System.Management.Automation.ErrorRecord]) { "$($_.ErrorDetails.RecommendedAction)" -split "`n" }
                elseif ($_ -is [System.Management.Automation.WarningRecord]) { "$_" -split "`n" | Select-Object -Skip 1 }
                elseif ($_ -is [Pep668.PipOverride] -and $_.Remedies) { '    ' + $_.Remedies[0].Command }
            }
            $remedy = @($lines | Where-Object { $_ -match '^ {4}' })[0]
            $out.Add("$remedy")
            $errors = if ($remedy) {
                & ([scriptblock]::Create($remedy)) 2>&1 | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] }
            }
            $out.Add("$errors")
            """, JsonSerializer.Serialize(new { variables = _variables, manifest = SourceTree.Manifest, folder = Project, command }));
        string[] answer = JsonSerializer.Deserialize<string[]>(json)!;
        return Checked(answer[0], answer[1]);
    }

    private string InShell(string command)
    {
        Tool.Result first = Shell(command);
        string[] lines =
            [.. first.Error.Split('\n').Where(line => line.StartsWith("    ", StringComparison.Ordinal)).Select(line => line.Trim())];
        string remedy = command.Contains("--json", StringComparison.Ordinal) ? CommandIn(first.Output)
            : lines is [[.., ':'], string next, ..] ? next : "";
        Tool.Result result = remedy.Length == 0 ? new(0, "", first.Output + first.Error) : Shell(remedy);
        return Checked(remedy,
            result.ExitCode == 0 && remedy.Length > 0 ? "" : $"exit code {result.ExitCode}: {result.Output}{result.Error}");
    }

    private static string CommandIn(string json) => JsonDocument.Parse(json).RootElement.EnumerateArray()
        .SelectMany(one => one.GetProperty("remedies").EnumerateArray()).Select(one => one.GetProperty("command").GetString())
        .FirstOrDefault() ?? "";

    private static string Checked(string remedy, string problem)
    {
        Assert.True(remedy.Length > 0, "No remedy is shown: " + problem);
        Assert.True(problem.Length == 0, $"{remedy}\n{problem}");
        return remedy.Trim();
    }

    private void Script(string name, string text)
    {
        string path = Write("bin/" + name, $"#!/bin/sh\n{text}\n");
        File.SetUnixFileMode(path, (UnixFileMode)0b111_101_101);
    }
}
