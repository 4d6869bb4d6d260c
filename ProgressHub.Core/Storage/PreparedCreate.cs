using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>A new job, made ready on its caller's thread.</summary>
internal sealed class PreparedCreate
{
    private readonly Job _job;
    private readonly IdempotencyKey? _key;
    private readonly byte[] _input;
    private readonly byte[] _snapshot;
    private readonly string _titleFolded;
    private readonly string? _tags;
    private readonly EventRow _queued;
    private readonly NewWebhook? _webhook;
    private readonly string[] _files;
    private readonly Quota _quota;
    private readonly QuotaReached? _reached;

    public PreparedCreate(NewJob job)
    {
        EventRow.Require(job.Job.Id, [job.Queued]);
        if (job.Queued.Seq != 1)
            throw new ArgumentException($"Job {job.Job.Id}: its first event has the number {job.Queued.Seq}.");
        _job = job.Job;
        _key = job.Idempotency;
        _input = job.Input.ToArray();
        _snapshot = EventJson.Serialize(job.Snapshot);
        _titleFolded = TitleFolding.Fold(_job.Title);
        _tags = JobRow.WriteTags(_job.Tags);
        _queued = EventRow.From(job.Queued);
        _webhook = job.Webhook;
        _files = [.. job.Files.Distinct()];
        (_quota, _reached) = (job.Quota, job.Reached);
    }

    public long Bytes => _input.Length + _snapshot.Length + _queued.Body.Length;

    public CreateOutcome Execute(SqlSession session)
    {
        if (_key is not null && Earlier(session, _key) is { } earlier)
            return earlier;
        if (session.Scalar(Statements.Taken, _job.Id.ToString()) is not null)
            return new CreateOutcome(null, false) { IdTaken = true };
        if (Reached(session) is { } reached)
            return new CreateOutcome(null, false) { Reached = reached };
        foreach (var file in _files)
        {
            if (session.Scalar(FileStatements.IsOwn, file, _job.Owner) is null)
                return new CreateOutcome(null, false) { MissingFile = file };
        }

        var ord = Insert(session);
        session.Execute(Statements.Input, ord, _input);
        _queued.Insert(session, ord);
        UsageStatements.Begin(session, _job, ord);
        TagStatements.Add(session, ord, _job.Owner, _job.Tags);
        foreach (var file in _files)
        {
            session.Execute(FileStatements.Link, ord, file, _job.Owner);
            session.Execute(FileStatements.Use, file);
        }

        if (_key is not null)
            session.Execute(Statements.Key, _job.Owner, _key.Key, _key.BodyHash, ord);
        if (_webhook is not null)
            WebhookStatements.Create(session, ord, _webhook);
        return new CreateOutcome(null, false);
    }

    // On the writer, between whose reading and writing nothing else is created.
    private QuotaReached? Reached(SqlSession session) => _reached ?? (_quota.IsNone ? null : _quota.Reached(
        new OwnerUsage
        {
            Queued = _quota[QuotaBound.JobsQueued] is null ? 0 : QueueStatements.CountOf(session, _job.Owner),
            Today = _quota[QuotaBound.JobsPerDay] is null ? 0 : UsageStatements.CountToday(session, _job.Owner, _job.CreatedAt),
        },
        QuotaBound.JobsQueued, QuotaBound.JobsPerDay));

    private CreateOutcome? Earlier(SqlSession session, IdempotencyKey key) => session.First<CreateOutcome?>(
        Statements.Earlier,
        reader => new CreateOutcome(JobRow.ReadId(reader, 0), reader.GetString(1) != key.BodyHash),
        _job.Owner, key.Key);

    private long Insert(SqlSession session) => (long)session.Scalar(
        Statements.Job, _job.Id.ToString(), _job.Kind, _job.Title, _titleFolded, _tags, _job.Owner, _job.State.Name(),
        _job.Attempt, _job.AttemptsWithoutProgress, _job.CancelRequested ? 1 : 0, _job.RetryOf?.ToString(),
        _job.ReusePartials ? 1 : 0, Moment.ToStored(_job.CreatedAt), Moment.ToStored(_job.StartedAt), Moment.ToStored(_job.FinishedAt),
        Moment.ToStored(_job.RunAfter), _queued.Seq, _snapshot, RowSum.Of(_queued.Seq, _snapshot))!;

    private static class Statements
    {
        public static readonly SqlStatement Earlier = new("""
            SELECT j.id, i.hash FROM idempotency i JOIN jobs j ON j.ord = i.job WHERE i.owner = @owner AND i.key = @key
            """);

        // Also of a job that is gone: whoever asks for it is to be told so.
        public static readonly SqlStatement Taken = new("""
            SELECT 1 FROM jobs WHERE id = @id UNION ALL SELECT 1 FROM tombstones WHERE id = @id
            """);

        public static readonly SqlStatement Job = new("""
            INSERT INTO jobs (id, kind, title, title_folded, tags, owner, state, attempt, fruitless_attempts,
              cancel_requested, retry_of, reuse_partials, created_at, started_at, finished_at, run_after,
              last_seq, snapshot, snapshot_sum)
            VALUES (@id, @kind, @title, @folded, @tags, @owner, @state, @attempt, @fruitless,
              @cancel, @retry_of, @reuse, @created, @started, @finished, @run_after,
              @last_seq, @snapshot, @sum)
            RETURNING ord
            """);

        public static readonly SqlStatement Input = new("INSERT INTO job_inputs (job, body) VALUES (@job, @body)");

        public static readonly SqlStatement Key =
            new("INSERT INTO idempotency (owner, key, hash, job) VALUES (@owner, @key, @hash, @job)");
    }
}
