using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Schedules;

/// <summary>What can be asked of schedules. Every method takes the owner who asks; anybody else's do not exist for them.</summary>
internal sealed class ScheduleService(
    IScheduleStore store, ScheduleCheck check, ScheduleJobs jobs, IOptions<ScheduleOptions> options, TimeProvider time)
{
    private const int IdDigits = 32;

    /// <summary>The owner's schedules without their inputs, in the order in which they were made.</summary>
    public ValueTask<IReadOnlyList<Schedule>> ListAsync(string owner, CancellationToken cancellationToken) =>
        store.ListAsync(owner, cancellationToken);

    /// <summary>One of them with its input; null where the owner has no such schedule.</summary>
    public async ValueTask<Schedule?> FindAsync(string id, string owner, CancellationToken cancellationToken) =>
        await store.FindAsync(id, cancellationToken) is { } schedule && schedule.Owner == owner ? schedule : null;

    /// <summary>The first times from now on.</summary>
    /// <exception cref="WorkloadException"><c>invalid_times</c>, <c>bad_cron</c>, <c>unknown_time_zone</c>.</exception>
    public IReadOnlyList<DateTimeOffset> Preview(ScheduleTimes times, int count) => Timetable.Of(times).NextAfter(time.GetUtcNow(), count);

    /// <summary>Makes one.</summary>
    /// <exception cref="WorkloadException">It is not acceptable, or there are too many: <c>too_many_schedules</c>.</exception>
    /// <exception cref="StorageUnavailableException">The store can't take it now.</exception>
    public async Task<Schedule> CreateAsync(ScheduleDraft draft, string owner, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var next = Next(draft, now);
        var accepted = await check.AcceptAsync(draft, owner, cancellationToken);
        var schedule = Apply(
            new Schedule
            {
                Id = RandomNumberGenerator.GetHexString(IdDigits, lowercase: true), Owner = owner, Name = accepted.Name, Kind = accepted.Kind,
                Times = accepted.Times, CreatedAt = now,
            },
            accepted, next);
        return await store.AddAsync(schedule, options.Value.MaxPerOwner, cancellationToken)
            ? schedule
            : throw new WorkloadException("too_many_schedules", $"You have {options.Value.MaxPerOwner} schedules, which is as many as may be; delete one.");
    }

    /// <summary>Changes one; null where the owner has no such schedule.</summary>
    /// <exception cref="WorkloadException">What it would be is not acceptable; it is as before.</exception>
    public async Task<Schedule?> ChangeAsync(
        string id, string owner, Func<ScheduleDraft, ScheduleDraft> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (await FindAsync(id, owner, cancellationToken) is not { } present)
                return null;
            var before = ScheduleDraft.Of(present);
            var wanted = change(before);

            // Of one that goes on as it did, what is due stays due.
            var isSame = present.IsEnabled && wanted.IsEnabled && wanted.Times == before.Times;
            var next = isSame ? present.NextAt : Next(wanted, time.GetUtcNow());
            var accepted = wanted.Kind == before.Kind && wanted.Input.Equals(before.Input)
                ? ScheduleCheck.Label(wanted)
                : await check.AcceptAsync(wanted, owner, cancellationToken);
            var changed = Apply(present, accepted, next);
            if (await store.ReplaceAsync(changed, cancellationToken))
                return changed with { Version = present.Version + 1 };
        }
    }

    /// <summary>Removes one, and none of its jobs; false where the owner has no such schedule.</summary>
    public ValueTask<bool> DeleteAsync(string id, string owner, CancellationToken cancellationToken) =>
        store.DeleteAsync(id, owner, cancellationToken);

    /// <summary>Submits its job now, whenever it is due and whether or not it is paused; null where the owner has no such schedule.</summary>
    /// <inheritdoc cref="JobService.SubmitAsync"/>
    public async Task<Submission?> RunAsync(string id, string owner, string? idempotencyKey, CancellationToken cancellationToken)
    {
        if (await FindAsync(id, owner, cancellationToken) is not { } schedule)
            return null;
        var now = time.GetUtcNow();
        var submission = await jobs.SubmitAsync(schedule, idempotencyKey, cancellationToken);
        if (submission.Created)
            await store.RecordAsync(id, new ScheduleRun(now, now, ScheduleOutcome.Started) { Job = submission.Snapshot.JobId }, null, CancellationToken.None);
        return submission;
    }

    private static DateTimeOffset? Next(ScheduleDraft draft, DateTimeOffset now)
    {
        var next = Timetable.Of(draft.Times).NextAfter(now);
        return !draft.IsEnabled
            ? null
            : next ?? throw new WorkloadException("at_in_past", "'at' is over; a schedule needs a time that is still to come.") { Property = "at" };
    }

    private static Schedule Apply(Schedule schedule, ScheduleDraft draft, DateTimeOffset? next) => schedule with
    {
        Name = draft.Name, Kind = draft.Kind, Input = draft.Input, Tags = draft.Tags, Overlap = draft.Overlap, IsEnabled = draft.IsEnabled,
        Times = draft.Times with { Cron = draft.Times.Cron?.Trim(), At = draft.Times.At?.ToUniversalTime() }, NextAt = next,
    };
}
