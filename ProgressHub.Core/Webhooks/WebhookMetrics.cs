using System.Diagnostics.Metrics;

namespace ProgressHub.Core.Webhooks;

/// <summary>What webhooks are measured by, on the meter <c>ProgressHub</c>.</summary>
internal sealed class WebhookMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _attempts = meters.Create("ProgressHub").CreateCounter<long>(
        "progresshub.webhooks.attempts", "{attempt}", "Attempts to deliver, by what came of them.");

    /// <param name="outcome"><c>delivered</c>, <c>retried</c>, <c>failed</c> or <c>disabled</c>.</param>
    public void Attempted(string outcome) => _attempts.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
