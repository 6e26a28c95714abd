using System.Diagnostics;
using System.Runtime.ExceptionServices;
using System.Text;

namespace Pep668.Machines;

/// <summary>Runs a program and tells its lines as they come. What <see cref="ProcessRunner"/> promises holds here
/// too.</summary>
internal static class StreamingProcess
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its absolute path.</param>
    /// <param name="arguments">Its arguments, each as it is.</param>
    /// <param name="folder">Its working directory.</param>
    /// <param name="variables">All its variables; it gets no others.</param>
    /// <param name="started">Called with its identity once it runs.</param>
    /// <param name="told">Told each line without its end, of a long one the beginning, one at a time, and whether it
    /// was on stderr.</param>
    /// <param name="cancellation">Ends it at once, with all that it started.</param>
    /// <returns>Its exit code, or null and why it was not started.</returns>
    /// <exception cref="OperationCanceledException">It was ended; so it is if a callback throws, whose exception is
    /// thrown.</exception>
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
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var listener = new Listener(told, stop);
        try
        {
            started(RunningProcess.Read(process));
            Task reading = Task.WhenAll(
                new BoundedReader(process.StandardOutput).ReadLines(line => listener.Take(line, isError: false)),
                new BoundedReader(process.StandardError).ReadLines(line => listener.Take(line, isError: true)));
            process.WaitForExitAsync(stop.Token).GetAwaiter().GetResult();
            _ = Task.WaitAny([reading], (int)ProcessRunner.Grace.TotalMilliseconds, stop.Token);
            stop.Token.ThrowIfCancellationRequested();
            return (process.ExitCode, null);
        }
        catch
        {
            // The program must not continue without a reader of its output.
            ProcessRunner.End(process);
            listener.Failure?.Throw();
            throw;
        }
        finally
        {
            listener.Close();
        }
    }

    // Passes lines on, one at a time; ends the program if that fails.
    private sealed class Listener(Action<string, bool> told, CancellationTokenSource stop)
    {
        private readonly object _gate = new();
        private bool _isClosed;

        internal ExceptionDispatchInfo? Failure { get; private set; }

        internal void Close()
        {
            lock (_gate)
            {
                _isClosed = true;
            }
        }

        internal bool Take(string line, bool isError)
        {
            lock (_gate)
            {
                if (_isClosed)
                {
                    return false;
                }
                try
                {
                    told(line, isError);
                    return true;
                }
                catch (Exception error)
                {
                    (Failure, _isClosed) = (ExceptionDispatchInfo.Capture(error), true);
                }
            }
            stop.Cancel();
            return false;
        }
    }
}
