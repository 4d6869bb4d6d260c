using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using ProgressHub.Benchmarks.Peers;

namespace ProgressHub.Benchmarks.Load;

/// <summary>Publishes over one kept connection; what belongs together leaves in one write (pipelined).</summary>
internal sealed class SocketPublisher : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _answers = new byte[64 * 1024];

    /// <summary>Connects as soon as the server listens.</summary>
    public async Task ConnectAsync(int port)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await _socket.ConnectAsync(IPAddress.Loopback, port);
                return;
            }
            catch (SocketException) when (attempt < 100)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System);
            }
        }
    }

    public async Task PublishAsync(IEnumerable<PeerEvent> events)
    {
        var requests = new StringBuilder();
        var count = 0;
        foreach (var item in events)
        {
            var body = JsonSerializer.Serialize(item, JsonSerializerOptions.Web);
            requests.Append($"POST /publish HTTP/1.1\r\nHost: localhost\r\nX-EventSource-Event: log\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
            count++;
        }

        await _socket.SendAsync(Encoding.ASCII.GetBytes(requests.ToString()));
        for (var answered = 0; answered < count;)
        {
            var read = await _socket.ReceiveAsync(_answers);
            if (read == 0)
                throw new InvalidOperationException("The server closed the publisher's connection.");
            answered += Encoding.ASCII.GetString(_answers, 0, read).Split("HTTP/1.1 20").Length - 1;
        }
    }

    public void Dispose() => _socket.Dispose();
}
