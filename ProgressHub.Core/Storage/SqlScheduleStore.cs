using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>Schedules in a database.</summary>
internal sealed class SqlScheduleStore(SqlStorage storage) : IScheduleStore
{
    public async ValueTask<bool> AddAsync(Schedule schedule, int most, CancellationToken cancellationToken)
    {
        var input = ScheduleRow.Write(schedule.Input);
        return await storage.WriteIfRoomAsync(
            session => (long)session.Scalar(Statements.Count, schedule.Owner)! < most && session.Execute(
                Statements.Insert, schedule.Id, schedule.Owner, schedule.Name, schedule.Kind, input, JobRow.WriteTags(schedule.Tags),
                schedule.Times.Cron, schedule.Times.TimeZone, Moment.ToStored(schedule.Times.At), ScheduleRow.NameOf(schedule.Overlap),
                schedule.IsEnabled ? 1 : 0, Moment.ToStored(schedule.CreatedAt), Moment.ToStored(schedule.NextAt)) > 0,
            0, input.Length, cancellationToken);
    }

    public async ValueTask<Schedule?> FindAsync(string id, CancellationToken cancellationToken) =>
        await storage.ReadAsync(session => session.First(Statements.Find, ScheduleRow.ReadWhole, id), cancellationToken);

    public async ValueTask<IReadOnlyList<Schedule>> ListAsync(string owner, CancellationToken cancellationToken) =>
        await storage.ReadAsync(session => session.Query(Statements.List, ScheduleRow.Read, owner), cancellationToken);

    public async ValueTask<bool> ReplaceAsync(Schedule schedule, CancellationToken cancellationToken)
    {
        var input = ScheduleRow.Write(schedule.Input);
        return await storage.WriteAsync(
            session => session.Execute(
                Statements.Replace, schedule.Name, schedule.Kind, input, JobRow.WriteTags(schedule.Tags), schedule.Times.Cron,
                schedule.Times.TimeZone, Moment.ToStored(schedule.Times.At), ScheduleRow.NameOf(schedule.Overlap), schedule.IsEnabled ? 1 : 0,
                Moment.ToStored(schedule.NextAt), schedule.Id, schedule.Version) > 0,
            0, input.Length, cancellationToken);
    }

    public async ValueTask<bool> DeleteAsync(string id, string owner, CancellationToken cancellationToken) =>
        await storage.WriteAsync(session => session.Execute(Statements.Delete, id, owner) > 0, 0, 0, cancellationToken);

    public async ValueTask<IReadOnlyList<Schedule>> ListDueAsync(DateTimeOffset now, int limit, CancellationToken cancellationToken) =>
        await storage.ReadAsync(session => session.Query(Statements.Due, ScheduleRow.Read, Moment.ToStored(now), limit), cancellationToken);

    public async ValueTask<bool> ClaimAsync(
        string id, DateTimeOffset due, DateTimeOffset now, DateTimeOffset until, CancellationToken cancellationToken) =>
        await storage.WriteAsync(
            session => session.Execute(Statements.Claim, Moment.ToStored(until), id, Moment.ToStored(due), Moment.ToStored(now)) > 0,
            0, 0, cancellationToken);

    public async ValueTask RecordAsync(string id, ScheduleRun run, ScheduleAdvance? advance, CancellationToken cancellationToken) =>
        await storage.WriteAsync(
            session =>
            {
                session.Execute(
                    Statements.Record, Moment.ToStored(run.DueAt), Moment.ToStored(run.At), ScheduleRow.NameOf(run.Outcome), run.Code, run.Message,
                    run.Job?.ToString(), id);
                if (run.Job is { } job)
                    session.Execute(Statements.Job, job.ToString(), id);
                return advance is { To: { } next }
                    ? session.Execute(Statements.Advance, Moment.ToStored(next), id, Moment.ToStored(advance.From))
                    : advance is null ? 0 : session.Execute(Statements.End, id, Moment.ToStored(advance.From));
            },
            0, run.Message?.Length ?? 0, cancellationToken);

    private static class Statements
    {
        public static readonly SqlStatement Count = new("SELECT COUNT(*) FROM schedules WHERE owner = @owner");

        public static readonly SqlStatement Insert = new("""
            INSERT INTO schedules (id, owner, name, kind, input, tags, cron, time_zone, at, overlap, enabled, created_at, next_at)
            VALUES (@id, @owner, @name, @kind, @input, @tags, @cron, @zone, @at, @overlap, @enabled, @created, @next)
            """);

        public static readonly SqlStatement Find = new($"SELECT {ScheduleRow.Columns}, input FROM schedules WHERE id = @id");

        public static readonly SqlStatement List =
            new($"SELECT {ScheduleRow.Columns} FROM schedules WHERE owner = @owner ORDER BY created_at, id");

        public static readonly SqlStatement Replace = new("""
            UPDATE schedules SET name = @name, kind = @kind, input = @input, tags = @tags, cron = @cron, time_zone = @zone, at = @at,
              overlap = @overlap, enabled = @enabled, next_at = @next, version = version + 1
            WHERE id = @id AND version = @version
            """);

        public static readonly SqlStatement Delete = new("DELETE FROM schedules WHERE id = @id AND owner = @owner");

        public static readonly SqlStatement Due = new($"""
            SELECT {ScheduleRow.Columns} FROM schedules
            WHERE next_at IS NOT NULL AND next_at <= @now AND claimed_until <= @now ORDER BY next_at LIMIT @limit
            """);

        public static readonly SqlStatement Claim = new("""
            UPDATE schedules SET claimed_until = @until WHERE id = @id AND next_at = @due AND claimed_until <= @now
            """);

        public static readonly SqlStatement Record = new("""
            UPDATE schedules SET last_due = @due, last_at = @at, last_outcome = @outcome, last_code = @code, last_message = @message,
              run_job = @job, version = version + 1
            WHERE id = @id
            """);

        public static readonly SqlStatement Job = new("UPDATE schedules SET last_job = @job WHERE id = @id");

        public static readonly SqlStatement Advance =
            new("UPDATE schedules SET next_at = @next, claimed_until = 0 WHERE id = @id AND next_at = @due");

        public static readonly SqlStatement End =
            new("UPDATE schedules SET next_at = NULL, claimed_until = 0, enabled = 0 WHERE id = @id AND next_at = @due");
    }
}
