using ProgressHub.Web.Analysis;
using ProgressHub.Web.Dialects;
using ProgressHub.Web.External;
using ProgressHub.Web.Health;
using ProgressHub.Web.Hosting;
using ProgressHub.Web.Jobs;
using ProgressHub.Web.Knowledge;
using ProgressHub.Web.Metrics;
using ProgressHub.Web.OpenApi;
using ProgressHub.Web.Problems;
using ProgressHub.Web.Security;
using ProgressHub.Web.Streaming;
using ProgressHub.Web.Uploads;
using ProgressHub.Web.Watching;
using ProgressHub.Web.Webhooks;
using ProgressHub.Web.Workloads;

namespace ProgressHub.Web;

/// <summary>Puts ProgressHub's HTTP API into a host that has its engine (<c>AddProgressHub</c>).</summary>
public static class ProgressHubWeb
{
    /// <summary>Adds what <see cref="MapProgressHub"/> needs.</summary>
    public static IServiceCollection AddProgressHubWeb(this IServiceCollection services)
    {
        // A body or a parameter that can't be read is thrown, so that it is answered in one place, with all the others.
        services.Configure<RouteHandlerOptions>(static options => options.ThrowOnBadRequest = true);
        services.AddSecurity();
        services.AddApiDescription();
        services.AddReports();
        services.AddWebhookSecrets();
        services.AddStreaming();
        services.AddDialects();
        services.AddPrometheusMetrics();
        services.AddSingleton<EngineReadiness>();
        services.AddSingleton<StorageProbe>();
        services.AddSingleton<FormSubmissions>();
        services.AddSingleton<WatchTemplate>();
        return services;
    }

    /// <summary>
    /// Adds the pipeline (errors, security, limits) and the endpoints. Map what is your own after it; it gets the same
    /// pipeline.
    /// </summary>
    public static WebApplication MapProgressHub(this WebApplication app)
    {
        app.UseMiddleware<RequestLog>();
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UseMiddleware<HeadAsGet>();
        app.UseRouting();
        app.UseMiddleware<LocalGuard>();
        app.UseApiPage();
        app.UseCors();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
        app.UseAntiforgery();

        app.MapJobs();
        app.MapUploads();
        app.MapReports();
        app.MapSessions();
        app.MapWebhooks();
        app.MapStreaming();
        app.MapWorkloads();
        app.MapKnowledge();
        app.MapDialects();
        app.MapWatchPage();
        app.MapApiDescription();
        app.MapHealth();
        app.MapMetrics();
        return app;
    }
}
