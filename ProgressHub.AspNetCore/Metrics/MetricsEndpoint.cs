using ProgressHub.AspNetCore.Security;

namespace ProgressHub.AspNetCore.Metrics;

/// <summary>What the server measures of itself, for Prometheus, at <c>/metrics</c>.</summary>
internal static class MetricsEndpoint
{
    public static IServiceCollection AddPrometheusMetrics(this IServiceCollection services)
    {
        services.AddSingleton<JobCounts>();
        services.AddSingleton<WatcherCounts>();
        services.AddSingleton<PrometheusExporter>();
        services.AddSingleton<PrometheusMeters>();
        return services;
    }

    public static void MapMetrics(this IEndpointRouteBuilder routes)
    {
        // Measured from the start, not from the first scrape.
        routes.ServiceProvider.GetRequiredService<PrometheusMeters>();
        routes.ServiceProvider.GetRequiredService<JobCounts>();
        routes.ServiceProvider.GetRequiredService<WatcherCounts>();
        routes.MapGet("/metrics", ScrapeAsync).WithMetadata(NeedsScope.Admin).ExcludeFromDescription();
    }

    private static async Task<IResult> ScrapeAsync(
        JobCounts counts, PrometheusExporter exporter, HttpResponse response, CancellationToken aborted)
    {
        await counts.RefreshAsync(aborted);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Text(exporter.Scrape(), PrometheusText.ContentType);
    }
}
