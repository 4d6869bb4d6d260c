using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>The pauses of the queue in a database.</summary>
internal sealed class SqlQueuePauseStore(SqlStorage storage) : IQueuePauseStore
{
    /// <summary>Part of a claim: true where jobs of <c>@kind</c> may begin.</summary>
    public const string MayBegin = "NOT EXISTS (SELECT 1 FROM queue_pauses p WHERE p.kind IN ('', @kind))";

    private static readonly SqlStatement List = new("SELECT kind, paused_by, at FROM queue_pauses ORDER BY kind");

    private static readonly SqlStatement Add = new("""
        INSERT INTO queue_pauses (kind, paused_by, at) VALUES (@kind, @by, @at) ON CONFLICT (kind) DO NOTHING
        """);

    private static readonly SqlStatement Remove = new("DELETE FROM queue_pauses WHERE kind = @kind");

    public async ValueTask<IReadOnlyList<QueuePause>> ListAsync(CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.Query(
                List, reader => new QueuePause(
                    reader.GetString(0) is { Length: > 0 } kind ? kind : null,
                    reader.IsDBNull(1) ? null : reader.GetString(1), Moment.Read(reader, 2))),
            cancellationToken);

    public async ValueTask<bool> AddAsync(QueuePause pause, CancellationToken cancellationToken) =>
        await storage.WriteAsync(
            session => session.Execute(Add, pause.Kind ?? "", pause.By, Moment.ToStored(pause.At)) > 0, 0, 0, cancellationToken);

    public async ValueTask<bool> RemoveAsync(string? kind, CancellationToken cancellationToken) =>
        await storage.WriteAsync(session => session.Execute(Remove, kind ?? "") > 0, 0, 0, cancellationToken);
}
