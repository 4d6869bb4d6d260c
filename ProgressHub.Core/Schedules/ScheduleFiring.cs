using Microsoft.Extensions.Logging;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Schedules;

/// <summary>
/// Sees to what is due. Of several nodes the one that claims it does; a node that dies between submitting a job and writing that
/// down leaves the rest to another, whose submission of the same time finds the job that is there.
/// </summary>
internal sealed partial class ScheduleFiring(
    IScheduleStore store, ScheduleJobs jobs, IScheduleOwners owners, TimeProvider time, ILogger<ScheduleFiring> logger)
{
    /// <summary>How long a claim holds; what was not seen to by then, somebody tries again.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    private const int MostAtOnce = 100;
    private const int AtOnce = 4;

    /// <summary>Sees to all that is due now.</summary>
    public async Task FireDueAsync(CancellationToken cancellationToken)
    {
        var due = await store.ListDueAsync(time.GetUtcNow(), MostAtOnce, cancellationToken);
        await Parallel.ForEachAsync(
            due, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (schedule, cancelled) => await FireAsync(schedule, cancelled));
    }

    private async Task FireAsync(Schedule listed, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (listed.NextAt is not { } due || !await store.ClaimAsync(listed.Id, due, now, now + Lease, cancellationToken))
            return;
        if (await store.FindAsync(listed.Id, cancellationToken) is not { } schedule || schedule.NextAt != due)
            return;

        var (run, next, isOver) = await RunAsync(schedule, due, now, cancellationToken);
        if (run.Code is { } code)
            LogRefused(schedule.Id, code);

        // What happened has happened, also where the server stops now.
        await store.RecordAsync(schedule.Id, run, isOver ? new ScheduleAdvance(due, next) : null, CancellationToken.None);
    }

    /// <returns>What came of it, when it is due next, and whether it is over with this time or is to be tried again.</returns>
    private async Task<(ScheduleRun Run, DateTimeOffset? Next, bool IsOver)> RunAsync(
        Schedule schedule, DateTimeOffset due, DateTimeOffset now, CancellationToken cancellationToken)
    {
        Timetable times;
        try
        {
            times = Timetable.Of(schedule.Times);
        }
        catch (WorkloadException unreadable)
        {
            return (Refusal(due, now, unreadable.Code, unreadable.Message), null, true);
        }

        var next = times.NextAfter(now);
        if (times.LatestOf(due, now) is not { } at)
            return (new ScheduleRun(due, now, ScheduleOutcome.Missed), next, true);
        try
        {
            return (await SubmitAsync(schedule, at, now, cancellationToken), next, true);
        }
        catch (WorkloadException refusal)
        {
            // A queue that is full has room soon.
            var mayPass = refusal.IsTransient || refusal.RetryAfter < Timetable.Grace;
            return (Refusal(at, now, refusal.Code, refusal.Message), next, !mayPass);
        }
        catch (JobConflictException conflict)
        {
            // The job of this time was there already: submitted before the schedule was changed, or deleted since.
            return (Refusal(at, now, conflict.Code, conflict.Message), next, true);
        }
        catch (Exception failure) when (!cancellationToken.IsCancellationRequested && failure is not (StorageUnavailableException or StorageClosedException))
        {
            LogFailed(failure, schedule.Id);
            return (Refusal(at, now, "internal_error", "The server failed; its log says why."), next, true);
        }
    }

    private async Task<ScheduleRun> SubmitAsync(Schedule schedule, DateTimeOffset at, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!await owners.AreActiveAsync(schedule.Owner, cancellationToken))
            return Refusal(at, now, "account_disabled", "The account is disabled.");
        if (schedule.Overlap == ScheduleOverlap.Skip && await jobs.IsUnderWayAsync(schedule, cancellationToken))
            return new ScheduleRun(at, now, ScheduleOutcome.Skipped);
        var submission = await jobs.SubmitAsync(schedule, KeyOf(schedule.Id, at), cancellationToken);
        return new ScheduleRun(at, now, ScheduleOutcome.Started) { Job = submission.Snapshot.JobId };
    }

    /// <summary>The idempotency key of the job that a schedule makes at a time.</summary>
    public static string KeyOf(string id, DateTimeOffset at) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"schedule:{id}:{at.UtcTicks}");

    private static ScheduleRun Refusal(DateTimeOffset due, DateTimeOffset now, string code, string message) =>
        new(due, now, ScheduleOutcome.Refused) { Code = code, Message = message };

    [LoggerMessage(LogLevel.Warning, "Schedule {Id} was due, and its job was refused: {Code}.")]
    private partial void LogRefused(string id, string code);

    [LoggerMessage(LogLevel.Error, "The job of schedule {Id} could not be submitted.")]
    private partial void LogFailed(Exception failure, string id);
}
