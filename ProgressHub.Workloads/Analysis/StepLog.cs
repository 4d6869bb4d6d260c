using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Analysis;

/// <summary>A job's log, each line in one of so many steps.</summary>
internal sealed class StepLog(WorkloadContext context, int steps)
{
    public ValueTask InfoAsync(int step, string message, TimeSpan? took = null) => WriteAsync(JobLogLevel.Info, step, message, took);

    public ValueTask SuccessAsync(int step, string message, TimeSpan? took = null) => WriteAsync(JobLogLevel.Success, step, message, took);

    public ValueTask WarnAsync(int step, string message) => WriteAsync(JobLogLevel.Warning, step, message, null);

    public ValueTask ErrorAsync(int step, string message) => WriteAsync(JobLogLevel.Error, step, message, null);

    private ValueTask WriteAsync(JobLogLevel level, int step, string message, TimeSpan? took) =>
        context.LogAsync(level, message, step, steps, took);
}
