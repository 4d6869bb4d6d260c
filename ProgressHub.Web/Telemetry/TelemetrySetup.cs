using System.Reflection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ProgressHub.Web.Telemetry;

/// <summary>
/// Sends traces and metrics by OTLP where the standard variables of OpenTelemetry name a receiver, as environment variables or
/// as configuration; else there is none of it.
/// </summary>
internal static class TelemetrySetup
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string TracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private const string MetricsEndpoint = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
    private const string ServiceName = "OTEL_SERVICE_NAME";
    private const string Disabled = "OTEL_SDK_DISABLED";

    /// <summary>Whoever asks these every few seconds is no request that anybody wants to see.</summary>
    private static readonly PathString[] Unseen = ["/health", "/metrics"];

    public static WebApplicationBuilder UseTelemetry(this WebApplicationBuilder builder)
    {
        var configuration = builder.Configuration;
        var (traces, metrics) = (IsSet(configuration, Endpoint, TracesEndpoint), IsSet(configuration, Endpoint, MetricsEndpoint));
        if ((!traces && !metrics) || configuration.GetValue(Disabled, false))
            return builder;

        var version = typeof(TelemetrySetup).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(
            resource => resource.AddService(configuration[ServiceName] ?? "progresshub", serviceVersion: version));
        if (traces)
            telemetry.WithTracing(static tracing => tracing
                .AddSource("ProgressHub", "ProgressHub.Workloads", "System.Net.Http")
                .AddAspNetCoreInstrumentation(static requests => requests.Filter =
                    context => !Array.Exists(Unseen, path => context.Request.Path.StartsWithSegments(path)))
                .AddOtlpExporter());
        if (metrics)
            telemetry.WithMetrics(static metering => metering
                .AddMeter(
                    "ProgressHub", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
                    "Microsoft.AspNetCore.Http.Connections", "System.Net.Http")
                .AddOtlpExporter());
        return builder;
    }

    private static bool IsSet(ConfigurationManager configuration, params ReadOnlySpan<string> keys)
    {
        foreach (var key in keys)
        {
            if (!string.IsNullOrWhiteSpace(configuration[key]))
                return true;
        }

        return false;
    }
}
