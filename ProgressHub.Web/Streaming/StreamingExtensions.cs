using Microsoft.AspNetCore.SignalR;
using ProgressHub.Web.Jobs;
using ProgressHub.Web.OpenApi;

namespace ProgressHub.Web.Streaming;

/// <summary>Live delivery: server-sent events and SignalR.</summary>
internal static class StreamingExtensions
{
    public static IServiceCollection AddStreaming(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<StreamingOptions>()
            .BindConfiguration(StreamingOptions.Section)
            .ValidateDataAnnotations();
        services.AddSingleton<StreamClock>();
        services.AddSingleton<SseEndpoints>();
        services.AddSingleton<IEventStreamer>(provider => provider.GetRequiredService<SseEndpoints>());
        services.AddSingleton<HubConnections>();
        services.AddSingleton<HubLifetimeManager<JobHub>>(provider => provider.GetRequiredService<HubConnections>());
        services.AddSingleton<HubWatches>();

        // It logs every exception alike, what a client is refused too; HubFaults logs those that are the server's.
        services.AddLogging(static logging => logging.AddFilter(
            "Microsoft.AspNetCore.SignalR.Internal.DefaultHubDispatcher", LogLevel.Critical));
        services.AddSignalR(static hubs => hubs.AddFilter<HubFaults>()).AddJsonProtocol(options =>
        {
            options.PayloadSerializerOptions.Converters.Add(new EventFrameConverter());
            options.PayloadSerializerOptions.Converters.Add(new SnapshotConverter());
            options.PayloadSerializerOptions.DefaultIgnoreCondition =
                System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull;
        });
        return services;
    }

    public static void MapStreaming(this IEndpointRouteBuilder routes)
    {
        routes.MapHub<JobHub>("/hubs/jobs", options => options.AllowStatefulReconnects = true).RequireAuthorization();
        routes.MapGet("/api/events", (HttpContext context, SseEndpoints streams) => streams.StreamAllAsync(context))
            .WithTags("Jobs")
            .RequireAuthorization()
            .RequireCors()
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
