using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProgressHub.Benchmarks.Load;

/// <summary>
/// A watcher that costs next to nothing: a socket, a buffer and a count of the events that went by, so that on one machine
/// the server has the processor. Each event's text holds one <see cref="Marker"/>; a single byte can't be split by chunks,
/// frames or reads.
/// </summary>
internal sealed class RawWatcher : IDisposable
{
    public const char Marker = '~';

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private long _seen;

    /// <summary>How many events have come.</summary>
    public long Seen => Interlocked.Read(ref _seen);

    /// <summary>Told of events as they come; quick.</summary>
    public Action<int>? Saw { get; set; }

    public async Task ConnectAsync(int port, string path, string headers = "Accept: text/event-stream\r\n")
    {
        await _socket.ConnectAsync(IPAddress.Loopback, port);
        await SendAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n{headers}\r\n"));
    }

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _socket.SendAsync(bytes);

    /// <summary>Reads until the other side ends.</summary>
    public async Task ReadAsync()
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await _socket.ReceiveAsync(buffer) is > 0 and var count)
            {
                var events = buffer.AsSpan(0, count).Count((byte)Marker);
                Interlocked.Add(ref _seen, events);
                Saw?.Invoke(events);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The benchmark closed it.
        }
    }

    /// <summary>Reads until so many events have come.</summary>
    public async Task ReadUntilAsync(long events)
    {
        var buffer = new byte[16 * 1024];
        while (Seen < events)
        {
            if (await _socket.ReceiveAsync(buffer) is not (> 0 and var count))
                throw new InvalidOperationException($"The stream ended after {Seen} of {events} events.");
            Interlocked.Add(ref _seen, buffer.AsSpan(0, count).Count((byte)Marker));
        }
    }

    /// <summary>Reads the first bytes, so that the server has nothing more to do for it.</summary>
    public async Task ReadOnceAsync() => await _socket.ReceiveAsync(new byte[4096]);

    public void Dispose() => _socket.Dispose();
}
