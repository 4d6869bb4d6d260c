using System.Buffers;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ProgressHub.AspNetCore.Streaming.HandOver;

/// <summary>Listens on one address, as Kestrel's own listener does.</summary>
internal sealed class HandOverListener : IConnectionListener
{
    private readonly Socket _socket;
    private readonly SocketTransportOptions _options;
    private readonly ConnectionPipes _pipes;
    private readonly long? _mostConnections;
    private readonly HandedOverSockets _handedOver;

    private HandOverListener(
        Socket socket, SocketTransportOptions options, MemoryPool<byte> pool, long? mostConnections, HandedOverSockets handedOver)
    {
        (_socket, _options, _mostConnections, _handedOver) = (socket, options, mostConnections, handedOver);
        _pipes = new ConnectionPipes(options, pool);
        EndPoint = socket.LocalEndPoint!;
    }

    /// <inheritdoc/>
    public EndPoint EndPoint { get; }

    /// <summary>Binds to an address and begins to listen.</summary>
    /// <exception cref="AddressInUseException">Somebody else listens there.</exception>
    public static HandOverListener Bind(
        EndPoint endpoint, SocketTransportOptions options, MemoryPool<byte> pool, long? mostConnections, HandedOverSockets handedOver)
    {
        Socket socket;
        try
        {
            socket = options.CreateBoundListenSocket(endpoint);
        }
        catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            throw new AddressInUseException(failure.Message, failure);
        }

        socket.Listen(options.Backlog);
        return new HandOverListener(socket, options, pool, mostConnections, handedOver);
    }

    /// <summary>The next connection; null once nobody listens any more.</summary>
    public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            try
            {
                var accepted = await _socket.AcceptAsync(cancellationToken);
                if (IsFull())
                {
                    accepted.Dispose();
                    continue;
                }

                accepted.NoDelay = _options.NoDelay;
                return HandOverConnection.Start(accepted, _pipes, _handedOver);
            }
            catch (ObjectDisposedException)
            {
                return null;
            }
            catch (SocketException stopped) when (stopped.SocketErrorCode == SocketError.OperationAborted)
            {
                return null;
            }
            catch (SocketException)
            {
                // The client went before it was accepted.
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Waits for what was handed over: the process ends behind this.</summary>
    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        await _handedOver.EndAsync();
        _pipes.Dispose();
    }

    // The server counts those that it has; with those that left it there may be too many.
    private bool IsFull() => _handedOver.Count > 0 && _handedOver.Connections >= _mostConnections;
}
