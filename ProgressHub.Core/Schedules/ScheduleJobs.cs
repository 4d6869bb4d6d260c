using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Schedules;

/// <summary>The jobs of schedules: submitted as any other, with all its owner's bounds.</summary>
internal sealed class ScheduleJobs(JobService jobs)
{
    /// <summary>Submits the job of a schedule that was read with its input.</summary>
    /// <inheritdoc cref="JobService.SubmitAsync"/>
    public Task<Submission> SubmitAsync(Schedule schedule, string? idempotencyKey, CancellationToken cancellationToken) => jobs.SubmitAsync(
        new JobRequest
        {
            Kind = schedule.Kind, Input = schedule.Input ?? default, Owner = schedule.Owner, Title = schedule.Name,
            Tags = [.. schedule.Tags, ScheduleCheck.TagPrefix + schedule.Name], IdempotencyKey = idempotencyKey,
        },
        cancellationToken);

    /// <summary>Whether the last job has not ended.</summary>
    public async ValueTask<bool> IsUnderWayAsync(Schedule schedule, CancellationToken cancellationToken) =>
        schedule.LastJob is { } last && await jobs.FindAsync(last, schedule.Owner, cancellationToken) is { IsFinal: false };
}
