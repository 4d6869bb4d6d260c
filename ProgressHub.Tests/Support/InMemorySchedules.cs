using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Support;

/// <summary>Schedules in memory.</summary>
internal sealed class InMemorySchedules : IScheduleStore
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Schedule> _schedules = [];
    private readonly Dictionary<string, DateTimeOffset> _claims = [];

    public ValueTask<bool> AddAsync(Schedule schedule, int most, CancellationToken cancellationToken)
    {
        lock (_gate)
            return new(_schedules.Values.Count(s => s.Owner == schedule.Owner) < most && _schedules.TryAdd(schedule.Id, schedule));
    }

    public ValueTask<Schedule?> FindAsync(string id, CancellationToken cancellationToken)
    {
        lock (_gate)
            return new(_schedules.GetValueOrDefault(id));
    }

    public ValueTask<IReadOnlyList<Schedule>> ListAsync(string owner, CancellationToken cancellationToken)
    {
        lock (_gate)
            return new([.. _schedules.Values.Where(s => s.Owner == owner).OrderBy(s => s.CreatedAt).Select(s => s with { Input = null })]);
    }

    public ValueTask<bool> ReplaceAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        lock (_gate)
            return new(Change(schedule.Id, schedule.Version, _ => schedule));
    }

    public ValueTask<bool> DeleteAsync(string id, string owner, CancellationToken cancellationToken)
    {
        lock (_gate)
            return new(_schedules.GetValueOrDefault(id)?.Owner == owner && _schedules.Remove(id));
    }

    public ValueTask<IReadOnlyList<Schedule>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken)
    {
        lock (_gate)
            return new([.. _schedules.Values.Where(s => s.NextAt <= now && IsFree(s.Id, now)).OrderBy(s => s.NextAt).Take(limit)]);
    }

    public ValueTask<bool> ClaimAsync(string id, DateTimeOffset due, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_schedules.GetValueOrDefault(id)?.NextAt != due || !IsFree(id, now))
                return new(false);
            _claims[id] = until;
            return new(true);
        }
    }

    public ValueTask RecordAsync(string id, ScheduleRun run, ScheduleAdvance? advance, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            Change(id, null, schedule => schedule with { LastRun = run, LastJob = run.Job ?? schedule.LastJob });
            if (advance is not null && _schedules.GetValueOrDefault(id)?.NextAt == advance.From)
            {
                Change(id, null, schedule => schedule with { NextAt = advance.To, IsEnabled = advance.To is not null });
                _claims.Remove(id);
            }

            return ValueTask.CompletedTask;
        }
    }

    private bool IsFree(string id, DateTimeOffset now) => !_claims.TryGetValue(id, out var until) || until <= now;

    private bool Change(string id, long? version, Func<Schedule, Schedule> change)
    {
        if (!_schedules.TryGetValue(id, out var present) || (version ?? present.Version) != present.Version)
            return false;
        _schedules[id] = change(present) with { Version = present.Version + 1 };
        return true;
    }
}
