using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>The jobs in a database.</summary>
internal sealed class SqlJobStore(SqlStorage storage) : IJobStore
{
    private readonly ClaimStatements _claims = new(storage.Dialect);

    public async Task InitializeAsync(CancellationToken cancellationToken)
    {
        await storage.InitializeAsync(cancellationToken);
        await FreeAsync(PurgeStatements.ContinueAny, cancellationToken);
    }

    public async ValueTask<Job?> FindAsync(JobId id, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.First(JobStatements.Find, reader => JobRow.Read(reader).Job, id.ToString()),
            cancellationToken);

    public async ValueTask<JobTombstone?> FindTombstoneAsync(JobId id, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.First(
                JobStatements.FindTombstone,
                reader => new JobTombstone(id, reader.GetString(0), Moment.Read(reader, 1)), id.ToString()),
            cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>?> ReadInputAsync(JobId id, CancellationToken cancellationToken) =>
        ReadBytesAsync(JobStatements.ReadInput, id, cancellationToken);

    public async ValueTask<bool> AmendInputAsync(JobId id, ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        var body = input.ToArray();
        return await storage.WriteAsync(
            session => session.Execute(JobStatements.AmendInput, body, id.ToString()) > 0, 0, body.Length, cancellationToken);
    }

    public async ValueTask<IReadOnlyList<Job>> ClaimAsync(ClaimRequest request, CancellationToken cancellationToken) =>
        await storage.WriteAsync(session => _claims.Claim(session, request), 0, 0, cancellationToken);

    public async ValueTask<IReadOnlyList<Job>> ListInterruptedAsync(CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.Query(JobStatements.ListInterrupted, reader => JobRow.Read(reader).Job),
            cancellationToken);

    public async ValueTask<IReadOnlyList<JobId>> ListQueuedAsync(int limit, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => QueueStatements.List(session, limit, storage.Time.GetUtcNow()), cancellationToken);

    public async ValueTask<IReadOnlyList<JobId>> ListQueuedOfKindAsync(
        string kind, int limit, CancellationToken cancellationToken) =>
        await storage.ReadAsync(session => QueueStatements.ListOfKind(session, kind, limit), cancellationToken);

    public async ValueTask<int> CountQueuedAsync(string owner, CancellationToken cancellationToken) =>
        await storage.ReadAsync(session => QueueStatements.CountOf(session, owner), cancellationToken);

    public async ValueTask<DateTimeOffset?> NextRunAfterAsync(DateTimeOffset after, CancellationToken cancellationToken) =>
        await storage.ReadAsync(session => QueueStatements.NextRunAfter(session, after), cancellationToken);

    public async ValueTask<int?> QueuePositionAsync(JobId id, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => QueueStatements.Position(session, id, storage.Time.GetUtcNow()), cancellationToken);

    public async ValueTask<bool> MoveToFrontAsync(JobId id, CancellationToken cancellationToken) =>
        await storage.WriteAsync(session => QueueStatements.MoveToFront(session, id), 0, 0, cancellationToken);

    public async ValueTask<IReadOnlyList<(string Kind, JobState State, long Count)>> CountAsync(
        CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.Query(
                JobStatements.Count,
                reader => (reader.GetString(0), JobRow.ReadState(reader.GetString(1)), reader.GetInt64(2))),
            cancellationToken);

    public ValueTask<ReadOnlyMemory<byte>?> ReadCheckpointAsync(JobId id, CancellationToken cancellationToken) =>
        ReadBytesAsync(JobStatements.ReadCheckpoint, id, cancellationToken);

    public async ValueTask<bool> SaveCheckpointAsync(
        AttemptFence fence, ReadOnlyMemory<byte> checkpoint, CancellationToken cancellationToken)
    {
        storage.RequireRoom();
        var body = checkpoint.ToArray();
        return await storage.WriteAsync(
            session => session.Execute(JobStatements.SaveCheckpoint, body, fence.Job.ToString(), fence.Attempt, fence.Node) > 0,
            0, body.Length, cancellationToken);
    }

    public async ValueTask<bool> HasCheckpointAsync(JobId id, int attempt, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.Scalar(JobStatements.HasCheckpoint, id.ToString(), attempt) is not null, cancellationToken);

    public async ValueTask<ResultDocument?> ReadResultAsync(JobId id, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.First(
                JobStatements.ReadResult,
                reader => new ResultDocument(
                    reader.GetString(0), reader.GetString(1), reader.GetFieldValue<byte[]>(2)),
                id.ToString()),
            cancellationToken);

    public async ValueTask<bool> SaveResultAsync(
        AttemptFence fence, ResultDocument result, CancellationToken cancellationToken)
    {
        storage.RequireRoom();
        var body = result.Body.ToArray();
        return await storage.WriteAsync(
            session => session.Execute(
                JobStatements.SaveResult, result.ContentType, result.FileName, body, body.Length, fence.Job.ToString(), fence.Attempt, fence.Node) > 0,
            0, body.Length, cancellationToken);
    }

    public async ValueTask<bool> PurgeAsync(JobId id, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var purge = await storage.WriteAsync(session => PurgeStatements.Begin(session, id, now), 0, 0, cancellationToken);
        if (purge.Rest is { } rest)
            await FreeAsync(session => PurgeStatements.Continue(session, rest), cancellationToken);
        return purge.IsBegun;
    }

    public async ValueTask<IReadOnlyList<JobId>> ListFinishedBeforeAsync(
        string kind, DateTimeOffset cutoff, int limit, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.Query(
                JobStatements.ListFinishedBefore, reader => JobRow.ReadId(reader, 0),
                kind, Moment.ToStored(cutoff), Math.Max(limit, 0)),
            cancellationToken);

    public async ValueTask PurgeTombstonesAsync(DateTimeOffset cutoff, CancellationToken cancellationToken)
    {
        while (await storage.WriteAsync(
            session => PurgeStatements.ForgetTombstones(session, cutoff), 0, 0, cancellationToken))
        {
        }

        await FreeAsync(session => UsageStatements.ForgetOld(session, storage.Time.GetUtcNow()), cancellationToken);
        await FreeAsync(PurgeStatements.ContinueAny, cancellationToken);
        await FreeAsync(storage.Dialect.Shrink, cancellationToken);
    }

    public async ValueTask ProbeAsync(CancellationToken cancellationToken)
    {
        var marker = Guid.NewGuid().ToString("N");
        var read = await storage.WriteIfRoomAsync(
            session =>
            {
                session.Execute(JobStatements.WriteProbe, marker);
                return session.Scalar(JobStatements.ReadProbe) as string;
            },
            0, 0, cancellationToken);
        if (read != marker)
            throw new StorageUnavailableException("The store did not give back what was written to it.");
    }

    /// <summary>Frees slice after slice, each a commit of its own, so that other writes come in between.</summary>
    private async Task FreeAsync(Func<SqlSession, bool> freeSlice, CancellationToken cancellationToken)
    {
        try
        {
            while (await storage.WriteAsync(freeSlice, 0, 0, cancellationToken))
            {
            }
        }
        catch (StorageUnavailableException)
        {
            // The jobs are gone and their tombstones on disk; only space is not free yet, and the next sweep frees it.
        }
    }

    private async ValueTask<ReadOnlyMemory<byte>?> ReadBytesAsync(
        SqlStatement statement, JobId id, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.First<ReadOnlyMemory<byte>?>(
                statement, reader => reader.GetFieldValue<byte[]>(0), id.ToString()),
            cancellationToken);
}
