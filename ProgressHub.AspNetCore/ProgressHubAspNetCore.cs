using System.Text.Json.Serialization.Metadata;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.AspNetCore.Accounts.Shares;
using ProgressHub.AspNetCore.Dialects;
using ProgressHub.AspNetCore.DurableStreams;
using ProgressHub.AspNetCore.Health;
using ProgressHub.AspNetCore.Hosting;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Jobs;
using ProgressHub.AspNetCore.Mcp;
using ProgressHub.AspNetCore.Metrics;
using ProgressHub.AspNetCore.OpenApi;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Queue;
using ProgressHub.AspNetCore.Schedules;
using ProgressHub.AspNetCore.Secrets;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.AspNetCore.Streaming;
using ProgressHub.AspNetCore.Uploads;
using ProgressHub.AspNetCore.Webhooks;
using ProgressHub.AspNetCore.Workloads;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore;

/// <summary>Puts ProgressHub's HTTP API into a host that has its engine (<c>AddProgressHub</c>).</summary>
public static class ProgressHubAspNetCore
{
    /// <summary>Adds what <see cref="MapProgressHub"/> needs.</summary>
    public static IServiceCollection AddProgressHubApi(this IServiceCollection services)
    {
        // A body or a parameter that can't be read is thrown, so that it is answered in one place, with all the others.
        services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(static json =>
        {
            IJsonTypeInfoResolver[] known =
                [EventJson.Context, SnapshotAdditionsJson.Default, JobsJson.Default, UploadsJson.Default, WebhooksJson.Default, SchedulesJson.Default, WorkloadsJson.Default, QueueJson.Default, AccountsJson.Default, SharesJson.Default, HttpJson.Default];
            foreach (var context in known.Reverse())
                json.SerializerOptions.TypeInfoResolverChain.Insert(0, context);
        });
        services.AddSecurity();
        services.AddAccounts();
        services.AddSnapshots();
        services.AddApiDescription();
        services.AddSecrets();
        services.AddStreaming();
        services.AddDurableStreams();
        services.AddDialects();
        services.AddPrometheusMetrics();
        services.AddSingleton<EngineReadiness>();
        services.AddSingleton<StorageProbe>();
        services.AddSingleton<FormSubmissions>();
        services.AddSingleton<LongPoll>();
        return services;
    }

    /// <summary>
    /// Adds the pipeline (errors, security, limits) and the endpoints. Map what is your own after it; it gets the same
    /// pipeline.
    /// </summary>
    public static WebApplication MapProgressHub(this WebApplication app)
    {
        app.UseMiddleware<HiddenSecret>();
        app.UseTransportSecurity();
        app.UseMiddleware<RequestLog>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<StoppingGate>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<HeadAsGet>();
        app.UseRouting();
        app.UseMiddleware<LocalGuard>();
        app.UseApiPage();
        app.UseCors();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseOpenRequests();
        app.UseRateLimiter();
        app.UseAntiforgery();
        app.UseFormRefusals();

        app.MapAccounts();
        app.MapJobs();
        app.MapUploads();
        app.MapWebhooks();
        app.MapSchedules();
        app.MapQueue();
        app.MapStreaming();
        app.MapDurableStreams();
        app.MapWorkloads();
        app.MapDialects();
        app.MapApiDescription();
        app.MapHealth();
        app.MapMetrics();
        return app;
    }

    /// <summary>
    /// Adds what <see cref="MapProgressHubMcp"/> needs. It is the one MCP server of its host: its handlers answer for all of
    /// the protocol.
    /// </summary>
    public static IServiceCollection AddProgressHubMcp(this IServiceCollection services) => services.AddMcp();

    /// <summary>
    /// Adds <c>/mcp</c>, where agents find each workload as a tool (Model Context Protocol, streamable HTTP), unless
    /// <c>Mcp:Enabled</c> is false. After <see cref="MapProgressHub"/>, whose pipeline it needs.
    /// </summary>
    public static WebApplication MapProgressHubMcp(this WebApplication app)
    {
        app.MapMcp();
        return app;
    }
}
