using System.IO.Pipelines;
using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace ProgressHub.Tests.Support;

/// <summary>
/// WebSockets under SignalR's .NET client: the package that usually brings them is not in every registry. No negotiation,
/// no other transport.
/// </summary>
internal sealed class HubSocket : ConnectionContext
{
    private const int ReceiveSize = 16 * 1024;

    private readonly ClientWebSocket _socket;
    private readonly Pipe _incoming = new();
    private readonly Pipe _outgoing = new();
    private readonly CancellationTokenSource _closed = new();
    private readonly Task _running;

    private HubSocket(ClientWebSocket socket)
    {
        _socket = socket;
        Transport = new Duplex(_incoming.Reader, _outgoing.Writer);
        ConnectionClosed = _closed.Token;
        _running = RunAsync();
    }

    public override string ConnectionId { get; set; } = Guid.NewGuid().ToString("N");

    public override IFeatureCollection Features { get; } = new FeatureCollection();

    public override IDictionary<object, object?> Items { get; set; } = new Dictionary<object, object?>();

    public override IDuplexPipe Transport { get; set; }

    /// <summary>A client of the hub of a server, not yet started.</summary>
    public static HubConnection ConnectionTo(Uri server)
    {
        var builder = new HubConnectionBuilder();
        builder.Services.AddSingleton<EndPoint>(new UriEndPoint(AddressAt(server)));
        builder.Services.Replace(ServiceDescriptor.Singleton<IConnectionFactory>(new Factory()));
        return builder.Build();
    }

    /// <summary>Where a server's hub takes WebSockets.</summary>
    public static Uri AddressAt(Uri server) => new UriBuilder(new Uri(server, "/hubs/jobs")) { Scheme = "ws" }.Uri;

    public override void Abort() => _socket.Abort();

    public override async ValueTask DisposeAsync()
    {
        await Transport.Output.CompleteAsync();
        await Transport.Input.CompleteAsync();
        await _running.Soon();
        _closed.Dispose();
        await base.DisposeAsync();
    }

    private async Task RunAsync()
    {
        var (receiving, sending) = (ReceiveAsync(), SendAsync());
        await Task.WhenAny(receiving, sending);
        _socket.Abort();
        _outgoing.Reader.CancelPendingRead();
        await Task.WhenAll(receiving, sending);
        _socket.Dispose();
        await _closed.CancelAsync();
    }

    private async Task ReceiveAsync()
    {
        var target = _incoming.Writer;
        Exception? failure = null;
        try
        {
            while (await _socket.ReceiveAsync(target.GetMemory(ReceiveSize), default) is { MessageType: not WebSocketMessageType.Close } received)
            {
                target.Advance(received.Count);
                if ((await target.FlushAsync()).IsCompleted)
                    break;
            }
        }
        catch (Exception cut) when (cut is WebSocketException or OperationCanceledException)
        {
            failure = cut;
        }

        await target.CompleteAsync(failure);
    }

    private async Task SendAsync()
    {
        var source = _outgoing.Reader;
        try
        {
            while (await source.ReadAsync() is { IsCanceled: false } read)
            {
                foreach (var part in read.Buffer)
                    await _socket.SendAsync(part, WebSocketMessageType.Text, endOfMessage: true, default);
                source.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted)
                    break;
            }
        }
        catch (WebSocketException)
        {
            // The connection is gone; the receiving side says why.
        }

        await source.CompleteAsync();
    }

    private sealed record Duplex(PipeReader Input, PipeWriter Output) : IDuplexPipe;

    private sealed class Factory : IConnectionFactory
    {
        public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
        {
            var socket = new ClientWebSocket();
            await socket.ConnectAsync(((UriEndPoint)endpoint).Uri, cancellationToken);
            return new HubSocket(socket);
        }
    }
}
