using System.ComponentModel;
using System.Diagnostics;
using System.Text;

namespace Pep668.Machines;

/// <summary>How a program that was run ended.</summary>
/// <param name="ExitCode">Its exit code; null when it was not started or was ended from here.</param>
/// <param name="Output">What it wrote to stdout.</param>
/// <param name="Error">What it wrote to stderr.</param>
/// <param name="Problem">Why there is no exit code, in words; null when there is one.</param>
internal sealed record ProcessResult(int? ExitCode, string Output, string Error, string? Problem);

/// <summary>Runs other programs: without a shell, with a time limit, and without leaving a child process.</summary>
internal static class ProcessRunner
{
    // A child of the program that continues may hold its streams open.
    internal static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>Runs a program to its end. One that writes more than <see cref="BoundedReader.MostText"/> is
    /// ended.</summary>
    /// <param name="program">Its absolute path.</param>
    /// <param name="arguments">Its arguments, each as it is.</param>
    /// <param name="folder">Its working directory.</param>
    /// <param name="remove">Whether a variable of this process is to be kept from it.</param>
    /// <param name="limit">After this time it is ended, with all that it started.</param>
    /// <param name="cancellation">Ends it at once.</param>
    /// <exception cref="OperationCanceledException">It was ended through <paramref name="cancellation"/>.</exception>
    public static ProcessResult Run(
        string program, IEnumerable<string> arguments, string folder, Func<string, bool> remove, TimeSpan limit,
        CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
        };
        foreach (string name in start.Environment.Keys.Where(remove).ToArray())
        {
            start.Environment.Remove(name);
        }
        using Process? process = Start(start, out string? problem);
        if (process is null)
        {
            return new(null, "", "", problem);
        }
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(limit);
        BoundedReader output = new(process.StandardOutput), error = new(process.StandardError);
        try
        {
            Task reading = Task.WhenAll(output.ReadAll(deadline.Cancel), error.ReadAll(deadline.Cancel));
            process.WaitForExitAsync(deadline.Token).GetAwaiter().GetResult();
            _ = Task.WaitAny([reading], (int)Grace.TotalMilliseconds, deadline.Token);
            deadline.Token.ThrowIfCancellationRequested();
            return new(process.ExitCode, output.Text, error.Text, null);
        }
        catch (OperationCanceledException)
        {
            End(process);
            cancellation.ThrowIfCancellationRequested();
            return new(null, "", "", output.IsTooMuch || error.IsTooMuch
                ? FormattableString.Invariant($"it wrote more than {BoundedReader.MostText >> 20} MiB and was ended")
                : FormattableString.Invariant($"it did not finish within {limit.TotalSeconds} seconds"));
        }
    }

    /// <summary>Starts a program without a shell, its streams in our hands and nothing to read; null, with the reason,
    /// when it cannot be.</summary>
    internal static Process? Start(ProcessStartInfo start, out string? problem)
    {
        // .NET would start another program, or name other files to it.
        if (start.ArgumentList.Append(start.FileName).Append(start.WorkingDirectory).Any(text => PosixPath.HasBytes(text)))
        {
            problem = "its path or an argument is not valid UTF-8";
            return null;
        }
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var process = new Process { StartInfo = start };
        try
        {
            process.Start();
            process.StandardInput.Close();
            problem = null;
            return process;
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or PlatformNotSupportedException)
        {
            process.Dispose();
            // .NET's text names the folder in which it was to start.
            problem = error is Win32Exception { NativeErrorCode: not 0 } failed
                ? new Win32Exception(failed.NativeErrorCode).Message : error.Message;
            return null;
        }
    }

    /// <summary>Ends a program with all that it started, at once.</summary>
    internal static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (Exception error) when (error is Win32Exception or InvalidOperationException or AggregateException)
        {
            // it ended meanwhile
        }
        process.WaitForExit();
    }
}
