using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ProgressHub.Tests.Support;

/// <summary>
/// A way to a server that a test can make a bad one: blocked (connections stay, and nothing passes on them any more), slow, or with its
/// connections cut.
/// </summary>
internal sealed class PausableProxy : IAsyncDisposable
{
    private const int BufferSize = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly ConcurrentDictionary<TcpClient, bool> _clients = new();
    private readonly int _target;
    private readonly Task _accepting;
    private volatile Wall? _wall;

    public PausableProxy(int target)
    {
        _target = target;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public int Port { get; }

    /// <summary>By how much it holds up whatever passes, either way.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Lets nothing pass.</summary>
    /// <param name="process">Of the process that connected; of all where it is not given.</param>
    public void Block(int? process = null) => _wall = new Wall(process);

    /// <summary>Lets everything pass again, what waited first.</summary>
    public void Unblock()
    {
        var wall = _wall;
        _wall = null;
        wall?.IsGone.TrySetResult();
    }

    /// <summary>Cuts every connection there is; new ones pass.</summary>
    /// <returns>How many there were.</returns>
    public int Reset()
    {
        var cut = 0;
        foreach (var client in _clients.Keys)
        {
            // Without a lingering end, so that the peer hears of a reset and not of an end (RFC 9293, section 3.10.7).
            client.LingerState = new LingerOption(true, 0);
            client.Close();
            cut++;
        }

        return cut;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _accepting.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (true)
            _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
    }

    private async Task ServeAsync(TcpClient client)
    {
        var process = new Lazy<int?>(Owner((IPEndPoint)client.Client.RemoteEndPoint!));
        _clients[client] = true;
        using (client)
        using (var server = new TcpClient())
        {
            try
            {
                await server.ConnectAsync(IPAddress.Loopback, _target, _end.Token);
                await Task.WhenAny(PumpAsync(client, server, process), PumpAsync(server, client, process));
            }
            catch (Exception failure) when (failure is SocketException or OperationCanceledException)
            {
                // Whoever connected sees that the other end is gone.
            }
        }

        _clients.TryRemove(client, out _);
    }

    private static Func<int?> Owner(IPEndPoint client) => () => ProcessTable.OwnerOf(client.Port);

    private async Task PumpAsync(TcpClient from, TcpClient to, Lazy<int?> process)
    {
        try
        {
            var (source, target) = (from.GetStream(), to.GetStream());
            var buffer = new byte[BufferSize];
            int count;
            while ((count = await source.ReadAsync(buffer, _end.Token)) > 0)
            {
                if (Delay > TimeSpan.Zero)
                    await Task.Delay(Delay, TimeProvider.System, _end.Token);
                while (_wall is { } wall && (wall.Process is null || wall.Process == process.Value))
                    await wall.IsGone.Task.WaitAsync(_end.Token);
                await target.WriteAsync(buffer.AsMemory(0, count), _end.Token);
            }
        }
        catch (Exception failure) when (failure is IOException or SocketException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // One end is gone; the other hears of it as this returns.
        }
    }

    private sealed record Wall(int? Process)
    {
        public TaskCompletionSource IsGone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
