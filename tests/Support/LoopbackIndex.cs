using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Pep668.Tests;

/// <summary>An index on this machine that records its requests, and answers "not found", or never.</summary>
internal sealed class LoopbackIndex : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly StringBuilder _asked = new();
    private readonly bool _hangs;

    internal LoopbackIndex(bool hangs)
    {
        _hangs = hangs;
        _listener.Start();
        _ = Listen();
    }

    /// <summary>Completed by the first request.</summary>
    internal TaskCompletionSource Reached { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal string Host => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    internal string Asked
    {
        get
        {
            lock (_asked)
            {
                return _asked.ToString();
            }
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _listener.Dispose();
        _end.Dispose();
    }

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                _ = Answer(await _listener.AcceptTcpClientAsync(_end.Token));
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // the end
        }
    }

    private async Task Answer(TcpClient client)
    {
        using (client)
        {
            try
            {
                byte[] buffer = new byte[8192];
                int count = await client.GetStream().ReadAsync(buffer, _end.Token);
                lock (_asked)
                {
                    _asked.Append(Encoding.ASCII.GetString(buffer, 0, count));
                }
                Reached.TrySetResult();
                await Task.Delay(_hangs ? TimeSpan.FromMinutes(5) : TimeSpan.FromMilliseconds(300), _end.Token);
                await client.GetStream()
                    .WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), _end.Token);
            }
            catch (Exception error) when (error is OperationCanceledException or IOException)
            {
                // they went away
            }
        }
    }
}
