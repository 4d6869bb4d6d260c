using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ProgressHub.Benchmarks.Load;

/// <summary>
/// A watcher that costs next to nothing: a socket, a shared scratch buffer and a count of the frames that went by, so
/// that on one machine the server has the processor.
/// </summary>
internal sealed class RawWatcher : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _marker;
    private long _seen;
    private int _matched;

    public RawWatcher(string marker) => _marker = Encoding.ASCII.GetBytes(marker);

    /// <summary>How many frames have come.</summary>
    public long Seen => Interlocked.Read(ref _seen);

    /// <summary>Called with the number of new frames each time some come.</summary>
    public Action<int>? OnFrames { get; set; }

    public async Task ConnectAsync(int port, string path, string headers = "Accept: text/event-stream\r\n")
    {
        await _socket.ConnectAsync(IPAddress.Loopback, port);
        await SendAsync($"GET {path} HTTP/1.1\r\nHost: localhost:{port}\r\n{headers}\r\n");
    }

    public async Task SendAsync(string text) => await _socket.SendAsync(Encoding.ASCII.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes) => await _socket.SendAsync(bytes);

    /// <summary>Reads until the other side ends.</summary>
    public async Task ReadAsync()
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await _socket.ReceiveAsync(buffer) is > 0 and var count)
            {
                var frames = Count(buffer.AsSpan(0, count));
                if (frames == 0)
                    continue;
                Interlocked.Add(ref _seen, frames);
                OnFrames?.Invoke(frames);
            }
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The benchmark closed it.
        }
    }

    /// <summary>Reads the first bytes, so that the server has nothing more to do for it.</summary>
    public async Task ReadOnceAsync() => await _socket.ReceiveAsync(new byte[4096]);

    public void Dispose() => _socket.Dispose();

    private int Count(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        if (_matched > 0)
        {
            // The marker may lie across two reads.
            var rest = _marker.AsSpan(_matched);
            var common = Math.Min(rest.Length, bytes.Length);
            if (bytes[..common].SequenceEqual(rest[..common]))
            {
                _matched += common;
                if (_matched < _marker.Length)
                    return 0;
                count++;
                bytes = bytes[common..];
            }

            _matched = 0;
        }

        while (bytes.IndexOf(_marker) is >= 0 and var at)
        {
            count++;
            bytes = bytes[(at + _marker.Length)..];
        }

        for (var length = Math.Min(_marker.Length - 1, bytes.Length); length > 0; length--)
        {
            if (bytes[^length..].SequenceEqual(_marker.AsSpan(0, length)))
            {
                _matched = length;
                break;
            }
        }

        return count;
    }
}
