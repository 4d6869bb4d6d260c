using System.Diagnostics.Metrics;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>What the engine measures of itself, on the meter <c>ProgressHub</c>.</summary>
internal sealed class JobMetrics
{
    private readonly Counter<long> _submitted;
    private readonly Counter<long> _finished;

    public JobMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("ProgressHub");
        _submitted = meter.CreateCounter<long>("progresshub.jobs.submitted", "{job}", "Jobs accepted.");
        _finished = meter.CreateCounter<long>("progresshub.jobs.finished", "{job}", "Jobs ended.");
    }

    public void Submitted(string kind) => _submitted.Add(1, new KeyValuePair<string, object?>("kind", kind));

    public void Finished(string kind, JobState state) => _finished.Add(
        1, new KeyValuePair<string, object?>("kind", kind), new KeyValuePair<string, object?>("state", state.Name()));
}
