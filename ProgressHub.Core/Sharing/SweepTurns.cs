using Dapper;
using Npgsql;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Nodes;

namespace ProgressHub.Core.Sharing;

/// <summary>
/// The turns of sweeps over what all nodes share. A sweep is made under an advisory lock, which PostgreSQL gives up with the
/// connection of a node that dies; when the last one was begun stands in a row, by the database's clock.
/// </summary>
internal sealed class SweepTurns(SharedState state, INodes nodes) : ISweepTurns
{
    // The first key of the locks; the second is the sweep with the schema.
    private const int LockSpace = 0x70726F6B;

    // Timers of nodes are not together: whoever is a little early need not wait for the next time.
    private const double Early = 0.9;

    private const string Key = "hashtext(@sweep || ' ' || current_schema())";

    /// <inheritdoc/>
    public async ValueTask<IAsyncDisposable?> TakeAsync(string sweep, TimeSpan interval, CancellationToken cancellationToken) =>
        await state.Database.WriteAsync(connection => Take(connection, sweep, interval), cancellationToken)
            ? new Turn(state, sweep)
            : null;

    private bool Take(NpgsqlConnection connection, string sweep, TimeSpan interval)
    {
        var values = new { sweep, node = nodes.Self, rest = interval * Early };
        if (!connection.ExecuteScalar<bool>($"SELECT pg_try_advisory_lock({LockSpace}, {Key})", values))
            return false;
        var isDue = connection.Execute(
            """
            INSERT INTO sweep_turns (name, node, begun_at) VALUES (@sweep, @node, clock_timestamp())
            ON CONFLICT (name) DO UPDATE SET node = excluded.node, begun_at = excluded.begun_at
            WHERE sweep_turns.begun_at <= excluded.begun_at - @rest
            """,
            values) > 0;
        if (!isDue)
            Release(connection, sweep);
        return isDue;
    }

    private static void Release(NpgsqlConnection connection, string sweep) =>
        connection.ExecuteScalar<bool>($"SELECT pg_advisory_unlock({LockSpace}, {Key})", new { sweep });

    private sealed class Turn(SharedState state, string sweep) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            try
            {
                await state.Database.WriteAsync(
                    connection =>
                    {
                        Release(connection, sweep);
                        return 0;
                    },
                    CancellationToken.None);
            }
            catch (Exception failure) when (failure is StorageUnavailableException or StorageClosedException)
            {
                // The lock has gone with the connection.
            }
        }
    }
}
