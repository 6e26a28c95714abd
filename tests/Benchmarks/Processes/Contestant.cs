using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Pep668.Machines;

namespace Pep668.Benchmarks.Processes;

/// <summary>A command that is timed against others.</summary>
/// <param name="Group">The question it answers.</param>
/// <param name="Name">How the table calls it.</param>
/// <param name="Command">The program and its arguments.</param>
internal sealed partial record Contestant(string Group, string Name, params string[] Command)
{
    /// <summary>The exit code with which it has done its work.</summary>
    internal int ExitCode { get; init; }

    /// <summary>Whether it tells its time itself, in milliseconds on stdout.</summary>
    internal bool TellsTime { get; init; }

    /// <summary>Whether what it writes is a list of interpreters.</summary>
    internal bool Lists { get; init; }

    /// <summary>Its times in milliseconds.</summary>
    internal List<double> Times { get; } = [];

    /// <summary>The interpreters it named: each file once, with one of its names.</summary>
    internal Dictionary<(ulong Device, ulong Inode), string> Found { get; } = [];

    /// <summary>Runs it once.</summary>
    /// <param name="counts">Whether the time is kept.</param>
    internal void Run(bool counts)
    {
        var start = new ProcessStartInfo(Command[0], Command.Skip(1))
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        };
        start.Environment["NO_COLOR"] = "1";
        long begin = Stopwatch.GetTimestamp();
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        double time = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
        if (process.ExitCode != ExitCode)
        {
            throw new InvalidOperationException($"{Name} ended with exit code {process.ExitCode}: {error.Result}{output}");
        }
        if (counts)
        {
            Times.Add(TellsTime ? double.Parse(output, CultureInfo.InvariantCulture) : time);
        }
        if (Lists)
        {
            foreach (string path in output.Split('\n').Select(line => AbsolutePath().Match(line).Value).Where(IsProgram))
            {
                FileEntry file = FileTree.Host.Stat(path);
                Found.TryAdd((file.Device, file.Inode), path);
            }
        }
    }

    /// <summary>Whether it can be run here.</summary>
    internal bool IsHere()
    {
        try
        {
            Run(counts: false);
            return true;
        }
        catch (Exception error) when (error is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            Console.Error.WriteLine($"left out: {error.Message.Trim().Split('\n')[^1]} ({Name})");
            return false;
        }
    }

    // A shim is a script: it names no interpreter.
    private static bool IsProgram(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }
        using FileStream file = File.OpenRead(path);
        return file.ReadByte() != '#' || file.ReadByte() != '!';
    }

    [GeneratedRegex(@"/\S+", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AbsolutePath();
}
