using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;

namespace ProgressHub.AspNetCore.Streaming.HandOver;

/// <summary>
/// Kestrel's transport over TCP, with connections whose socket can be taken out. Where it is switched off, on other systems
/// than Linux, and for anything but TCP, Kestrel's own is used.
/// </summary>
internal sealed class HandOverTransport(
    IOptions<SocketTransportOptions> sockets, IOptions<StreamingOptions> streaming, IOptions<KestrelServerOptions> kestrel,
    HandedOverSockets handedOver, ILoggerFactory loggers, IEnumerable<IMemoryPoolFactory<byte>> pools)
    : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    private readonly SocketTransportFactory _own = new(sockets, loggers);

    /// <inheritdoc/>
    public bool CanBind(EndPoint endpoint) => _own.CanBind(endpoint);

    /// <inheritdoc/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        if (!streaming.Value.HandOver || !OperatingSystem.IsLinux() || endpoint is not IPEndPoint)
            return _own.BindAsync(endpoint, cancellationToken);
        var pool = pools.LastOrDefault()?.Create() ?? MemoryPool<byte>.Shared;
        return ValueTask.FromResult<IConnectionListener>(HandOverListener.Bind(
            endpoint, sockets.Value, pool, kestrel.Value.Limits.MaxConcurrentConnections, handedOver));
    }
}
