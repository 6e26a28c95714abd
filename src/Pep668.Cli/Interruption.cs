using System.Runtime.InteropServices;

namespace Pep668.Cli;

/// <summary>Ctrl-C and a request to end, as a token, for as long as something runs that must not be left behind.
/// Elsewhere the system's own way of ending is quicker, and gives the same exit code.</summary>
internal sealed class Interruption : IDisposable
{
    // A shell reports 128 and the number of the signal.
    private static readonly (PosixSignal Signal, int ExitCode)[] Known =
    [
        (PosixSignal.SIGHUP, ExitCodes.HangUp), (PosixSignal.SIGINT, ExitCodes.Interrupted), (PosixSignal.SIGQUIT, ExitCodes.Quit),
        (PosixSignal.SIGTERM, ExitCodes.Terminated),
    ];

    private static volatile int _exitCode = ExitCodes.Interrupted;

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;

    internal Interruption() => _signals = [.. Known.Select(one => PosixSignalRegistration.Create(one.Signal, Stop))];

    /// <summary>The exit code of a command that was interrupted.</summary>
    internal static int ExitCode => _exitCode;

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
            _exitCode = Known.First(one => one.Signal == context.Signal).ExitCode;
        }
        _source.Cancel();
    }
}
