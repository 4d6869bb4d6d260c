using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ProgressHub.AspNetCore.Streaming.HandOver;

/// <summary>Makes the pipes between sockets and the server, with the bounds that Kestrel's own transport has.</summary>
internal sealed class ConnectionPipes(SocketTransportOptions options, MemoryPool<byte> pool) : IDisposable
{
    private readonly PipeOptions _received = Bounded(pool, options.MaxReadBufferSize);
    private readonly PipeOptions _toSend = Bounded(pool, options.MaxWriteBufferSize);

    public MemoryPool<byte> Pool => pool;

    /// <summary>What has come from the client.</summary>
    public Pipe Received() => new(_received);

    /// <summary>What goes to the client.</summary>
    public Pipe ToSend() => new(_toSend);

    public void Dispose() => pool.Dispose();

    private static PipeOptions Bounded(MemoryPool<byte> pool, long? most) => new(
        pool, PipeScheduler.ThreadPool, PipeScheduler.ThreadPool, most ?? 0, most / 2 ?? 0, useSynchronizationContext: false);
}
