using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text;

namespace ProgressHub.Tests.Support;

/// <summary>Somebody who asks to watch a job and then never reads a byte.</summary>
internal sealed class StalledWatcher : IDisposable
{
    private const char EndOfMessage = '\u001e';

    // As little as the system allows: what it takes on the reader's behalf does not stall the server.
    private const int ReceiveBuffer = 4096;

    private readonly Func<Memory<byte>, Task<int>> _read;
    private readonly IDisposable[] _held;

    private StalledWatcher(Func<Memory<byte>, Task<int>> read, params IDisposable[] held)
    {
        _read = read;
        _held = held;
    }

    /// <summary>Over server-sent events.</summary>
    public static async Task<StalledWatcher> OfEventsAsync(Uri server, string jobId)
    {
        var stream = await ConnectAsync(server.Host, server.Port);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /api/jobs/{jobId}/events?after=0 HTTP/1.1\r\nHost: {server.Authority}\r\nAccept: text/event-stream\r\n\r\n"));
        return new StalledWatcher(async target => await stream.ReadAsync(target), stream);
    }

    /// <summary>Over the hub.</summary>
    public static async Task<StalledWatcher> OfHubAsync(Uri server, string jobId)
    {
        var invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = static async (context, _) => await ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port),
        });
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(HubClient.AddressAt(server), invoker, default);
        await SendAsync("""{"protocol":"json","version":1}""");
        await SendAsync($$"""{"type":1,"invocationId":"1","target":"Watch","arguments":["{{jobId}}",0]}""");
        return new StalledWatcher(
            async target => await socket.ReceiveAsync(target, default) is { MessageType: not WebSocketMessageType.Close } received
                ? received.Count
                : 0,
            socket,
            invoker);

        async Task SendAsync(string message) => await socket.SendAsync(
            Encoding.UTF8.GetBytes(message + EndOfMessage), WebSocketMessageType.Text, endOfMessage: true, default);
    }

    /// <summary>What had reached it before it was cut off.</summary>
    public async Task<string> ReadAtLastAsync()
    {
        var text = new StringBuilder();
        var target = new byte[ReceiveBuffer];
        try
        {
            while (await _read(target) is > 0 and var count)
                text.Append(Encoding.ASCII.GetString(target, 0, count));
        }
        catch (Exception cut) when (cut is IOException or WebSocketException)
        {
            // That is how it learns of it.
        }

        return text.ToString();
    }

    public void Dispose() => Array.ForEach(_held, static one => one.Dispose());

    private static async Task<NetworkStream> ConnectAsync(string host, int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = ReceiveBuffer };
        await socket.ConnectAsync(host, port);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
