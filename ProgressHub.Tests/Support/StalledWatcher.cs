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

    private readonly IDisposable[] _held;

    private StalledWatcher(params IDisposable[] held) => _held = held;

    /// <summary>Over server-sent events.</summary>
    public static async Task<StalledWatcher> OfEventsAsync(Uri server, string jobId)
    {
        var stream = await ConnectAsync(server.Host, server.Port);
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"GET /api/jobs/{jobId}/events?after=0 HTTP/1.1\r\nHost: {server.Authority}\r\nAccept: text/event-stream\r\n\r\n"));
        return new StalledWatcher(stream);
    }

    /// <summary>Over the hub.</summary>
    public static async Task<StalledWatcher> OfHubAsync(Uri server, string jobId)
    {
        var invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = static async (context, _) => await ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port),
        });
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(HubSocket.AddressAt(server), invoker, default);
        await SendAsync("""{"protocol":"json","version":1}""");
        await SendAsync($$"""{"type":1,"invocationId":"1","target":"Watch","arguments":["{{jobId}}",0]}""");
        return new StalledWatcher(socket, invoker);

        async Task SendAsync(string message) => await socket.SendAsync(
            Encoding.UTF8.GetBytes(message + EndOfMessage), WebSocketMessageType.Text, endOfMessage: true, default);
    }

    public void Dispose() => Array.ForEach(_held, static one => one.Dispose());

    private static async Task<NetworkStream> ConnectAsync(string host, int port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = ReceiveBuffer };
        await socket.ConnectAsync(host, port);
        return new NetworkStream(socket, ownsSocket: true);
    }
}
