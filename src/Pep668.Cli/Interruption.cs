using System.Runtime.InteropServices;

namespace Pep668.Cli;

/// <summary>Ctrl-C and a request to end, as a token, for as long as something runs that must not be left behind.
/// Elsewhere the system's own way of ending is quicker, and gives the same exit code.</summary>
internal sealed class Interruption : IDisposable
{
    // signal(7): numbers that every system has.
    private static readonly (PosixSignal Signal, int Number)[] Known =
        [(PosixSignal.SIGHUP, 1), (PosixSignal.SIGINT, 2), (PosixSignal.SIGQUIT, 3), (PosixSignal.SIGTERM, 15)];

    private static volatile int _signal = 2;

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;

    internal Interruption() => _signals = [.. Known.Select(one => PosixSignalRegistration.Create(one.Signal, Stop))];

    /// <summary>The exit code of a command that was interrupted: 128 and the number of the signal.</summary>
    internal static int ExitCode => ExitCodes.BySignal + _signal;

    internal CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals)
        {
            signal.Dispose();
        }
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        if (!_source.IsCancellationRequested)
        {
            _signal = Known.First(one => one.Signal == context.Signal).Number;
        }
        _source.Cancel();
    }
}
