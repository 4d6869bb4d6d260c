using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ProgressHub.AspNetCore.Metrics;

/// <summary>
/// What is measured for <c>/metrics</c>. It is no <see cref="MeterProvider"/> among the services: that one is the host's,
/// which may send its metrics elsewhere.
/// </summary>
internal sealed class PrometheusMeters(PrometheusExporter exporter) : IDisposable
{
    private readonly MeterProvider _provider = Sdk.CreateMeterProviderBuilder()
        .AddMeter(
            "ProgressHub", "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel",
            "Microsoft.AspNetCore.Http.Connections")
        .AddReader(new BaseExportingMetricReader(exporter))
        .Build();

    /// <inheritdoc/>
    public void Dispose() => _provider.Dispose();
}
