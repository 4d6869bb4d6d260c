using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace ProgressHub.AspNetCore.Metrics;

/// <summary>Hands the measured values out when they are asked for, as Prometheus text.</summary>
[ExportModes(ExportModes.Pull)]
internal sealed class PrometheusExporter : BaseExporter<Metric>, IPullMetricExporter
{
    private const int CollectMilliseconds = 2000;
    private readonly Lock _gate = new();
    private string _text = "";

    /// <inheritdoc/>
    public Func<int, bool>? Collect { get; set; }

    /// <summary>The values now.</summary>
    public string Scrape()
    {
        lock (_gate)
        {
            _text = "";
            Collect?.Invoke(CollectMilliseconds);
            return _text;
        }
    }

    /// <inheritdoc/>
    public override ExportResult Export(in Batch<Metric> batch)
    {
        var text = new PrometheusText();
        foreach (var metric in batch)
            text.Add(metric);
        _text = text.ToString();
        return ExportResult.Success;
    }
}
