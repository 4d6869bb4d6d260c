using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace ProgressHub.Tests.Support;

/// <summary>Speaks the hub's JSON protocol by hand: messages are seen in the order in which they stand on the wire.</summary>
internal sealed class RawHubClient : IDisposable
{
    private const char EndOfMessage = '\u001e';
    private readonly ClientWebSocket _socket = new();
    private readonly StringBuilder _text = new();

    private RawHubClient()
    {
    }

    public static async Task<RawHubClient> ConnectAsync(Uri server)
    {
        var client = new RawHubClient();
        await client._socket.ConnectAsync(HubClient.AddressAt(server), CancellationToken.None).Soon();
        await client.SendAsync("""{"protocol":"json","version":1}""");
        await client.NextAsync();
        return client;
    }

    public Task SendAsync(string message) => _socket.SendAsync(
        Encoding.UTF8.GetBytes(message + EndOfMessage), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None).Soon();

    /// <summary>The next message but pings.</summary>
    public async Task<JsonElement> NextAsync()
    {
        while (true)
        {
            var message = JsonDocument.Parse(await NextTextAsync()).RootElement;
            if (!message.TryGetProperty("type", out var type) || type.GetInt32() != 6)
                return message;
        }
    }

    public void Dispose() => _socket.Dispose();

    private async Task<string> NextTextAsync()
    {
        var buffer = new byte[16 * 1024];
        while (true)
        {
            var text = _text.ToString();
            if (text.IndexOf(EndOfMessage, StringComparison.Ordinal) is >= 0 and var end)
            {
                _text.Remove(0, end + 1);
                return text[..end];
            }

            var received = await _socket.ReceiveAsync(buffer, CancellationToken.None).Soon();
            _text.Append(Encoding.UTF8.GetString(buffer, 0, received.Count));
        }
    }
}
