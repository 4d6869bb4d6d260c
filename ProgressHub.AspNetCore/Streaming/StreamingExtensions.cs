using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.AspNetCore.Streaming.HandOver;
using ProgressHub.Core.Execution;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>Live delivery: server-sent events and SignalR.</summary>
internal static class StreamingExtensions
{
    public static IServiceCollection AddStreaming(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<StreamingOptions>()
            .BindConfiguration(StreamingOptions.Section)
            .ValidateDataAnnotations();
        services.AddSingleton<StreamClock>();
        services.AddSingleton<StreamGate>();
        services.AddSingleton<SseStreams>();
        services.AddSingleton<HandedOverSockets>();
        services.AddSingleton<IConnectionListenerFactory, HandOverTransport>();
        services.AddHub();
        return services;
    }

    private static void AddHub(this IServiceCollection services)
    {
        services.AddSingleton<JobGroups>();
        services.AddSingleton<HubConnections>();
        services.AddSingleton<HubLifetimeManager<JobHub>>(provider => provider.GetRequiredService<HubConnections>());
        services.AddSingleton<HubWatches>();
        services.AddSingleton<HubWatching>();
        services.AddTransient(static provider => new JobHub(
            provider.GetRequiredService<HubWatching>(), provider.GetRequiredService<HubWatches>(),
            provider.GetRequiredService<JobService>(), provider.GetRequiredService<SnapshotViews>(),
            provider.GetRequiredService<IHostApplicationLifetime>()));

        // It logs every exception alike, what a client is refused too; HubFaults logs those that are the server's.
        services.AddLogging(static logging => logging.AddFilter(
            "Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.Critical));
        services.AddSignalR(static hubs => hubs.AddFilter<HubFaults>())
            .AddHubOptions<JobHub>(static options => options.SupportedProtocols = ["json", "messagepack"])
            .AddMessagePackProtocol(static options => options.SerializerOptions = HubMessagePack.Options)
            .AddJsonProtocol(static options =>
            {
                var json = options.PayloadSerializerOptions;
                foreach (var converter in (JsonConverter[])
                    [new EventFrameConverter(), new SnapshotConverter(), new WatchAnswerConverter(), new WatchMineAnswerConverter()])
                    json.Converters.Add(converter);
                json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            });
    }

    public static void MapStreaming(this IEndpointRouteBuilder routes)
    {
        routes.MapHub<JobHub>("/hubs/jobs", options => options.AllowStatefulReconnects = true).RequireAuthorization()
            .WithMetadata(NeedsScope.Watching, TakesVisitor.Instance, new TakesTicket(null, TakesTicket.Parameter, "access_token"));
        routes.MapGet("/api/events", (HttpContext context, SseStreams streams) => streams.StreamAllAsync(context))
            .WithTag(ApiTag.Jobs)
            .RequireAuthorization()
            .RequireCors()
            .WithMetadata(TakesTicket.OfAllJobs)
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .Describe(
                "watchAllJobs", "All of the caller's jobs, live on one stream",
                "Server-sent events: a snapshot of each job that has not ended, then every event of every job as it comes. " +
                "Resumed by `Last-Event-ID` while the server runs and still has the tail in memory; else by the snapshot and " +
                "the `done` of each job that ended meanwhile, then the snapshots of the others. The stream of one job " +
                "has every event, always.")
            .Problems(429);
    }
}
