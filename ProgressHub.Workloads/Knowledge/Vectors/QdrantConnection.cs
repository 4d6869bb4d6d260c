using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;
using Qdrant.Client;
using Qdrant.Client.Grpc;

namespace ProgressHub.Workloads.Knowledge.Vectors;

/// <summary>
/// Asks a Qdrant server over gRPC. A call that fails for a moment is made again a few times; a server that stays away is
/// the job's business, which is tried again as a whole and says so.
/// </summary>
internal sealed partial class QdrantConnection : IDisposable
{
    private const int MaxAnswerBytes = 64 * 1024 * 1024;
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(60);
    private readonly string _address;
    private readonly TransientRetry _retry;
    private readonly ILogger _logger;
    private readonly GrpcChannel _channel;
    private readonly QdrantClient _client;

    /// <param name="options">Where the server is.</param>
    /// <param name="time">The clock of the pauses.</param>
    /// <param name="logger">Hears of calls that are made again.</param>
    /// <param name="shape">Shapes the connections, such as whose certificates are trusted.</param>
    public QdrantConnection(
        QdrantOptions options, TimeProvider time, ILogger<QdrantConnection> logger, Action<SocketsHttpHandler>? shape = null)
    {
        (_retry, _logger) = (TransientRetry.Brief(time), logger);
        var address = options.GrpcAddress;
        _address = address.Authority;
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = TimeSpan.FromSeconds(10),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            KeepAlivePingDelay = TimeSpan.FromSeconds(30),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
            EnableMultipleHttp2Connections = true,

            // No proxy takes HTTP/2 without TLS.
            UseProxy = address.Scheme == Uri.UriSchemeHttps,
        };
        shape?.Invoke(handler);
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions
        {
            HttpHandler = handler, DisposeHttpClient = true, MaxReceiveMessageSize = MaxAnswerBytes,
        });
        CallInvoker invoker = _channel.CreateCallInvoker();
        if (!string.IsNullOrEmpty(options.ApiKey))
        {
            invoker = invoker.Intercept(headers =>
            {
                headers.Add("api-key", options.ApiKey);
                return headers;
            });
        }

        _client = new QdrantClient(new QdrantGrpcClient(invoker), CallTimeout);
    }

    /// <summary>Makes a call.</summary>
    /// <param name="call">What to ask; it may be made several times.</param>
    /// <param name="cancellationToken">Ends the call and the waiting.</param>
    /// <exception cref="WorkloadException">A <c>vector_store_…</c> code; transient where waiting can help.</exception>
    public Task<T> AskAsync<T>(Func<QdrantClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken) => _retry.RunAsync(
        token => TryAsync(call, token),
        (fault, _) =>
        {
            LogTriesAgain(fault.Message);
            return ValueTask.CompletedTask;
        },
        cancellationToken);

    /// <inheritdoc cref="AskAsync{T}"/>
    public Task AskAsync(Func<QdrantClient, CancellationToken, Task> call, CancellationToken cancellationToken) => AskAsync(
        async (client, token) =>
        {
            await call(client, token);
            return true;
        },
        cancellationToken);

    public void Dispose()
    {
        _client.Dispose();
        _channel.Dispose();
    }

    private async Task<T> TryAsync<T>(Func<QdrantClient, CancellationToken, Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call(_client, cancellationToken);
        }
        catch (RpcException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
        catch (RpcException exception)
        {
            throw QdrantFault.Of(exception, _address);
        }
        catch (Exception exception) when (exception is QdrantException or Google.Protobuf.InvalidProtocolBufferException)
        {
            throw QdrantFault.Unreadable("it is not what was asked for", exception);
        }
    }

    [LoggerMessage(LogLevel.Information, "A call to Qdrant is made again: {Reason}")]
    private partial void LogTriesAgain(string reason);
}
