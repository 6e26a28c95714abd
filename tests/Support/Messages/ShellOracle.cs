using System.Globalization;
using System.Text;

namespace Pep668.Tests;

/// <summary>
/// Lets real shells read commands. One process reads many: each command is a block of a script that reports which
/// arguments its programs got.
/// </summary>
internal static class ShellOracle
{
    private const string Begin = "\u0001begin";

    /// <summary>The POSIX shells that quoting has to be right for.</summary>
    internal static IReadOnlyList<string> Posix { get; } = ["dash", "bash", "zsh", "ksh", "mksh"];

    /// <summary>The calls of each command: a program with its arguments, for each program that it runs.</summary>
    /// <param name="shell">A POSIX shell, or <c>fish</c>.</param>
    /// <param name="programs">The programs that commands name: each is a function that reports its arguments. A command
    /// that names another fails.</param>
    /// <param name="commands">The commands.</param>
    internal static IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> Calls(
        string shell, IEnumerable<string> programs, IReadOnlyList<string> commands)
    {
        bool isFish = shell is "fish";
        var script = new StringBuilder();
        foreach (string program in programs)
        {
            script.Append(isFish
                ? $"function {program}; printf '%s\\0' (math (count $argv) + 1) {program} $argv; end\n"
                : $"{program}() {{ printf '%s\\0' \"$(($# + 1))\" {program} \"$@\"; }}\n");
        }
        foreach (string command in commands)
        {
            script.Append($"printf '%s\\0' '{Begin}'\n").Append(command).Append('\n');
        }
        string file = Path.Combine(Directory.CreateTempSubdirectory("pep668-shell-").FullName, "script");
        try
        {
            File.WriteAllText(file, script.ToString());
            string[] options = shell switch { "fish" => ["--no-config"], "zsh" => ["-f"], "bash" => ["--norc"], _ => [] };
            Tool.Result result = Tool.Run(shell, [.. options, file], Path.GetDirectoryName(file),
                new Dictionary<string, string>(StringComparer.Ordinal) { ["LC_ALL"] = "C.UTF-8", ["HOME"] = "/nonexistent" });
            Assert.True(result.ExitCode == 0 && result.Error.Length == 0, $"{shell}: exit code {result.ExitCode}\n{result.Error}");
            return Split(result.Output, commands.Count, shell);
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    /// <summary>What a script of PowerShell adds to <c>$out</c>, as a JSON array.</summary>
    /// <param name="script">The script. <c>$data</c> is the object that was given.</param>
    /// <param name="json">The object, as JSON.</param>
    internal static string PowerShell(string script, string json)
    {
        string folder = Directory.CreateTempSubdirectory("pep668-shell-").FullName;
        try
        {
            string data = Path.Combine(folder, "data.json"), result = Path.Combine(folder, "result.json");
            File.WriteAllText(data, json);
            File.WriteAllText(Path.Combine(folder, "run.ps1"), $"""
                $ErrorActionPreference = 'Stop'
                Set-Location -LiteralPath '{folder}'
                $data = [System.IO.File]::ReadAllText('{data}') | ConvertFrom-Json -AsHashtable -NoEnumerate
                $out = [System.Collections.Generic.List[object]]::new()
                . ./script.ps1
                [System.IO.File]::WriteAllText('{result}', (ConvertTo-Json -Depth 9 -Compress -InputObject $out))
                """);
            File.WriteAllText(Path.Combine(folder, "script.ps1"), script);
            Tool.Result run = Tool.RunPwsh("-File", Path.Combine(folder, "run.ps1"));
            Assert.True(run.ExitCode == 0 && File.Exists(result), run.Error + run.Output);
            return File.ReadAllText(result);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IReadOnlyList<IReadOnlyList<IReadOnlyList<string>>> Split(string output, int count, string shell)
    {
        string[] words = output.Split('\0');
        var all = new List<IReadOnlyList<IReadOnlyList<string>>>();
        var calls = new List<IReadOnlyList<string>>();
        // The last is what follows the last separator.
        for (int at = 0; at < words.Length - 1; at++)
        {
            if (words[at] == Begin)
            {
                all.Add(calls = []);
                continue;
            }
            int size = int.Parse(words[at], CultureInfo.InvariantCulture);
            calls.Add(words[(at + 1)..(at + 1 + size)]);
            at += size;
        }
        Assert.True(all.Count == count, $"{shell} read {all.Count} of {count} commands.");
        return all;
    }
}
