using System.Diagnostics;
using System.Text;

namespace Pep668.Machines;

/// <summary>Runs a program and tells its lines as they come. What <see cref="ProcessRunner"/> promises holds here
/// too.</summary>
internal static class StreamingProcess
{
    // A child that lives on may hold the streams open.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its absolute path.</param>
    /// <param name="arguments">Its arguments, each as it is.</param>
    /// <param name="folder">Its working directory.</param>
    /// <param name="variables">All its variables; it gets no others.</param>
    /// <param name="started">Called with its identity once it runs.</param>
    /// <param name="told">Told each line without its end, one at a time, and whether it was on stderr.</param>
    /// <param name="cancellation">Ends it at once, with all that it started.</param>
    /// <returns>Its exit code, or null and why it was not started.</returns>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    internal static (int? ExitCode, string? Problem) Run(
        string program, IEnumerable<string> arguments, string folder, IReadOnlyDictionary<string, string> variables,
        Action<RunningProcess> started,
        Action<string, bool> told, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Clear();
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }
        using Process? process = ProcessRunner.Start(start, out string? problem);
        if (process is null)
        {
            return (null, problem);
        }
        started(RunningProcess.Read(process));
        var gate = new object();
        bool isOver = false;
        Task reading = Task.WhenAll(Lines(process.StandardOutput, isError: false), Lines(process.StandardError, isError: true));
        try
        {
            process.WaitForExitAsync(cancellation).GetAwaiter().GetResult();
            _ = reading.Wait(Grace, cancellation);
        }
        catch (OperationCanceledException)
        {
            ProcessRunner.End(process);
            throw;
        }
        finally
        {
            lock (gate)
            {
                isOver = true;
            }
        }
        return (process.ExitCode, null);

        async Task Lines(StreamReader stream, bool isError)
        {
            while (await stream.ReadLineAsync(CancellationToken.None).ConfigureAwait(false) is string line)
            {
                lock (gate)
                {
                    if (isOver)
                    {
                        return;
                    }
                    told(line, isError);
                }
            }
        }
    }
}
