using System.Data.Common;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>The durations of stages in a database.</summary>
internal sealed class SqlDurationStore(SqlStorage storage) : IDurationStore
{
    private const int BytesPerRun = 200;

    private static readonly SqlStatement Add = new("""
        INSERT INTO stage_runs (kind, engine, stage, size, ms, at, profile)
        VALUES (@kind, @engine, @stage, @size, @ms, @at, @profile)
        """);

    private static readonly SqlStatement Forget = new("""
        DELETE FROM stage_runs WHERE kind = @kind AND engine = @engine AND stage = @stage AND ord <= (
          SELECT ord FROM stage_runs WHERE kind = @kind AND engine = @engine AND stage = @stage
          ORDER BY ord DESC LIMIT 1 OFFSET @kept)
        """);

    private static readonly SqlStatement Read = new("""
        SELECT stage, size, ms, at, profile FROM stage_runs WHERE kind = @kind AND engine = @engine ORDER BY ord DESC
        """);

    public async ValueTask AddAsync(IReadOnlyList<StageRun> runs, CancellationToken cancellationToken) =>
        await storage.WriteIfRoomAsync(
            session =>
            {
                foreach (var run in runs)
                    Keep(session, run);
                return true;
            },
            0, runs.Count * BytesPerRun, cancellationToken);

    public async ValueTask<IReadOnlyList<StageRun>> ReadAsync(
        string kind, string engine, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.Query(Read, reader => ToRun(kind, engine, reader), kind, engine), cancellationToken);

    private static void Keep(SqlSession session, StageRun run)
    {
        session.Execute(
            Add, run.Kind, run.Engine, run.Stage, run.Size, run.Ms, Moment.ToStored(run.At), run.Profile);
        session.Execute(Forget, run.Kind, run.Engine, run.Stage, IDurationStore.RunsKept);
    }

    private static StageRun ToRun(string kind, string engine, DbDataReader reader) => new(
        kind, engine, reader.GetString(0), reader.IsDBNull(1) ? null : reader.GetDouble(1), reader.GetDouble(2),
        Moment.Read(reader, 3))
    {
        Profile = reader.IsDBNull(4) ? null : reader.GetString(4),
    };
}
