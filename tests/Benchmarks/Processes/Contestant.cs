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

    /// <summary>Variables of its own.</summary>
    internal IReadOnlyDictionary<string, string> Variables { get; init; } = new Dictionary<string, string>();

    /// <summary>What to do before each run; it is not timed.</summary>
    internal Action? Before { get; init; }

    /// <summary>What is run and timed after each run, in the same place.</summary>
    internal Contestant? Next { get; init; }

    /// <summary>The folder in which each run has a place of its own, which <see cref="Place"/> stands for in the
    /// command.</summary>
    internal string? Places { get; init; }

    /// <summary>Stands for a path that does not exist yet.</summary>
    internal const string Place = "{place}";

    /// <summary>Its times in milliseconds.</summary>
    internal List<double> Times { get; } = [];

    /// <summary>The interpreters it named: each file once, with one of its names.</summary>
    internal Dictionary<(ulong Device, ulong Inode), string> Found { get; } = [];

    /// <summary>Runs it once.</summary>
    /// <param name="counts">Whether the time is kept.</param>
    internal void Run(bool counts)
    {
        Before?.Invoke();
        string place = Places is null ? "" : Path.Combine(Places, Guid.NewGuid().ToString("N"));
        RunAt(place, counts);
        Next?.RunAt(place, counts);
    }

    private void RunAt(string place, bool counts)
    {
        string[] command = [.. Command.Select(part => part.Replace(Place, place, StringComparison.Ordinal))];
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/",
        };
        start.Environment["NO_COLOR"] = "1";
        foreach ((string name, string value) in Variables)
        {
            start.Environment[name] = value;
        }
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
