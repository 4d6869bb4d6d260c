using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using Grpc.AspNetCore.Server.Model;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ProgressHub.Tests.Support;

/// <summary>
/// A Qdrant on a loopback port, in memory: the part of its gRPC services that is used, in its own messages, with its errors.
/// Its official JavaScript client checks it (Clients/qdrant.test.mjs), so that it stands in for the real one.
/// </summary>
internal sealed class QdrantServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<StatusCode> _faults = new();

    private QdrantServer(WebApplication app) => _app = app;

    public Uri Address { get; private set; } = null!;

    /// <summary>Asked for in <c>api-key</c>, where it is set.</summary>
    public string? Key { get; set; }

    /// <summary>Says that it lacks this status, whatever is asked; null for a server that is well.</summary>
    public StatusCode? Down { get; set; }

    /// <summary>What was asked, such as <c>Points/Upsert</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public QdrantStand Stand { get; private set; } = null!;

    /// <param name="certificate">What it shows for TLS; null for none.</param>
    /// <param name="port">Where it listens; 0 for a free one.</param>
    public static async Task<QdrantServer> StartAsync(X509Certificate2? certificate = null, int port = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, port, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            if (certificate is not null)
                listen.UseHttps(certificate);
        }));
        builder.Services.AddSingleton<QdrantStand>();
        builder.Services.AddSingleton<IServiceMethodProvider<QdrantStand>, QdrantMethods>();
        QdrantServer? server = null;
        builder.Services.AddSingleton(_ => new Guard(server!));
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<Guard>());
        var app = builder.Build();
        server = new QdrantServer(app) { Stand = app.Services.GetRequiredService<QdrantStand>() };
        app.MapGrpcService<QdrantStand>();
        await app.StartAsync();
        server.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
        return server;
    }

    /// <summary>Answers the next requests with these statuses.</summary>
    public void Fail(params StatusCode[] statuses)
    {
        foreach (var status in statuses)
            _faults.Enqueue(status);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>What stands before every call.</summary>
    private sealed class Guard(QdrantServer server) : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            server.Requests.Enqueue(context.Method.Replace("/qdrant.", "", StringComparison.Ordinal));
            if (server.Key is not null && context.RequestHeaders.GetValue("api-key") != server.Key)
                throw new RpcException(new Status(StatusCode.Unauthenticated, "Must provide an API key or an Authorization bearer token"));
            if (server.Down is { } down)
                throw new RpcException(new Status(down, "scripted"));
            if (server._faults.TryDequeue(out var status))
            {
                var trailers = new Metadata();
                if (status == StatusCode.ResourceExhausted)
                    trailers.Add("retry-after", "30");
                throw new RpcException(new Status(status, $"scripted {status}"), trailers);
            }

            return continuation(request, context);
        }
    }
}
