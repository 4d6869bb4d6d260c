using Microsoft.AspNetCore.SignalR;
using ProgressHub.Web.Jobs;

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
        services.AddSignalR().AddJsonProtocol(options =>
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
            .WithSummary("Streams all of the caller's jobs as server-sent events.")
            .WithTags("Events")
            .RequireAuthorization();
    }
}
