using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;

namespace ProgressHub.Core.Storage;

/// <summary>The files in a database.</summary>
internal sealed class SqlFileStore(SqlStorage storage) : IFileStore
{
    private const long RowBytes = 500;

    public async ValueTask<FileCreation> CreateAsync(
        StoredFile file, int maxOpen, long maxTotalBytes, CancellationToken cancellationToken) =>
        await storage.WriteIfRoomAsync(
            session =>
            {
                if ((long)session.Scalar(FileStatements.CountOpen, file.Owner)! >= maxOpen)
                    return FileCreation.TooMany;
                if ((long)session.Scalar(FileStatements.CountBytes)! + (file.Length ?? 0) > maxTotalBytes)
                    return FileCreation.NoRoom;
                session.Execute(
                    FileStatements.Insert, file.Id, file.Owner, file.Name, file.MediaType, file.Length, file.Received,
                    file.Resumable ? 1 : 0, Moment.ToStored(file.CreatedAt), Moment.ToStored(file.TouchedAt), file.Concatenation);
                return FileCreation.Created;
            },
            0, RowBytes, cancellationToken);

    public async ValueTask<StoredFile?> FindAsync(string id, CancellationToken cancellationToken) =>
        await storage.ReadAsync(session => session.First(FileStatements.Find, FileRow.Read, id), cancellationToken);

    public async ValueTask<bool> AdvanceAsync(StoredFile file, CancellationToken cancellationToken) =>
        await storage.WriteAsync(session => Advance(session, file), 0, RowBytes, cancellationToken);

    public async ValueTask<bool> TakeTurnAsync(StoredFile seen, string node, CancellationToken cancellationToken) =>
        await ChangeAsync(FileStatements.TakeTurn, cancellationToken, node, seen.Id, seen.Turn.Number, seen.Turn.Writer);

    public async ValueTask WantTurnAsync(StoredFile seen, CancellationToken cancellationToken) =>
        await ChangeAsync(FileStatements.WantTurn, cancellationToken, seen.Id, seen.Turn.Number);

    public async ValueTask TellArrivedAsync(
        string id, long turn, long arrived, long expected, DateTimeOffset at, CancellationToken cancellationToken) =>
        await ChangeAsync(FileStatements.TellArrived, cancellationToken, arrived, expected, Moment.ToStored(at), id, turn);

    public async ValueTask EndTurnAsync(string id, long turn, CancellationToken cancellationToken) =>
        await ChangeAsync(FileStatements.EndTurn, cancellationToken, id, turn);

    public async ValueTask<long> CountBytesAsync(CancellationToken cancellationToken) =>
        await storage.ReadAsync(session => (long)session.Scalar(FileStatements.CountBytes)!, cancellationToken);

    public async ValueTask<bool> KeepDerivedAsync(
        StoredFile file, AttemptFence fence, CancellationToken cancellationToken) =>
        await storage.WriteAsync(
            session =>
            {
                foreach (var statement in FileStatements.ReplaceDerived)
                    session.Execute(statement, Values(statement, file, fence));
                if (session.Execute(FileStatements.LinkDerived, file.Id, file.Name, fence.Job.ToString(), fence.Attempt, fence.Node) == 0)
                    return false;
                session.Execute(FileStatements.UseDerived, file.MediaType, file.Id);
                return true;
            },
            0, RowBytes, cancellationToken);

    public async ValueTask<IReadOnlyList<JobFile>> ListOfJobAsync(JobId job, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.Query(
                FileStatements.ListOfJob, reader => new JobFile(FileRow.Read(reader), !reader.IsDBNull(FileRow.Next)), job.ToString()),
            cancellationToken);

    public async ValueTask<bool> RemoveAsync(string id, bool evenIfUsed, CancellationToken cancellationToken) =>
        await storage.WriteAsync(session => Remove(session, id, evenIfUsed), 0, RowBytes, cancellationToken);

    public async ValueTask<IReadOnlyList<string>> RemoveIncompleteAsync(JobId job, CancellationToken cancellationToken) =>
        await storage.WriteAsync(
            session =>
            {
                var ids = session.Query(FileStatements.ListIncompleteOfJob, reader => reader.GetString(0), job.ToString());
                foreach (var id in ids)
                    Remove(session, id, evenIfUsed: true);
                return ids;
            },
            0, RowBytes, cancellationToken);

    public async ValueTask<IReadOnlyList<string>> ListStaleAsync(
        DateTimeOffset cutoff, int skip, int limit, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.Query(
                FileStatements.ListStale, reader => reader.GetString(0), Moment.ToStored(cutoff), limit, skip),
            cancellationToken);

    public async ValueTask<IReadOnlyList<string>> ListUnresumableAsync(CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.Query(FileStatements.ListUnresumable, reader => reader.GetString(0)), cancellationToken);

    public async ValueTask<IReadOnlyList<StoredFile>> ListAsync(string after, int limit, CancellationToken cancellationToken) =>
        await storage.ReadAsync(session => session.Query(FileStatements.List, FileRow.Read, after, limit), cancellationToken);

    public async ValueTask<IReadOnlyList<string>> ListRemovedAsync(int limit, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.Query(FileStatements.ListRemoved, reader => reader.GetString(0), limit), cancellationToken);

    public async ValueTask ForgetRemovedAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        await storage.WriteAsync(
            session => ids.Sum(id => session.Execute(FileStatements.ForgetRemoved, id)), 0, RowBytes, cancellationToken);

    private async ValueTask<bool> ChangeAsync(SqlStatement statement, CancellationToken cancellationToken, params object?[] values) =>
        await storage.WriteAsync(session => session.Execute(statement, values) > 0, 0, RowBytes, cancellationToken);

    private static bool Advance(SqlSession session, StoredFile file) => session.Execute(
        FileStatements.Advance, file.Received, file.Length, file.MediaType, Moment.ToStored(file.TouchedAt),
        Moment.ToStored(file.CompletedAt), file.Id, file.Turn.Number) > 0;

    private static bool Remove(SqlSession session, string id, bool evenIfUsed)
    {
        if (session.Scalar(FileStatements.Remove, id, evenIfUsed ? 1 : 0) is null)
            return false;
        session.Execute(FileStatements.NoteRemoval, id);
        session.Execute(FileStatements.Unlink, id);
        return true;
    }

    // Statements take their values in the order in which they name them.
    private static object?[] Values(SqlStatement statement, StoredFile file, AttemptFence fence) =>
        [.. statement.Parameters.Select(name => name switch
        {
            "@id" => fence.Job.ToString(),
            "@attempt" => (object)fence.Attempt,
            "@node" => fence.Node,
            _ => file.Name,
        })];
}
