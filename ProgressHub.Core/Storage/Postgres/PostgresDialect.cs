using System.Data.Common;
using Microsoft.Extensions.Logging;
using Npgsql;
using ProgressHub.Core.Postgres;

namespace ProgressHub.Core.Storage.Postgres;

/// <summary>
/// PostgreSQL (14 or newer). Unless it is shared, one program writes at a time: it holds an advisory lock on the connection that
/// writes, so that whoever lost that connection can't go on beside a successor.
/// </summary>
internal sealed class PostgresDialect : SqlDialect
{
    // The first key of the lock; the second is the schema. "prog" in ASCII, for whoever looks into pg_locks.
    private const int LockSpace = 0x70726F67;
    private const int MigrationLockSpace = LockSpace + 1;

    private static readonly TimeSpan LockPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LockInterval = TimeSpan.FromMilliseconds(100);

    private readonly string _directory;
    private readonly PostgresAddress _address;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;

    /// <param name="connectionString">Npgsql's; what it does not say is chosen here.</param>
    /// <param name="dataDirectory">Where everything but the jobs is kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Told where the data directory was open to others.</param>
    /// <exception cref="ArgumentException">It is no connection string.</exception>
    public PostgresDialect(string connectionString, string dataDirectory, TimeProvider time, ILogger logger)
    {
        (_directory, _time, _logger) = (dataDirectory, time, logger);

        _address = new PostgresAddress(connectionString);
    }

    /// <summary>Whether Npgsql can read it.</summary>
    public static bool IsConnectionString(string? text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text).Host is not null;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Whether others that say the same may write as well. One that does not keeps all others out, and is kept out by them.</summary>
    public bool IsShared { get; init; }

    public override string MigrationFolder => "Postgres";

    public override string Location => _address.Location;

    public override string LockForClaim => "FOR UPDATE SKIP LOCKED";

    public override IDisposable TakePossession() => OwnDirectory.Take(_directory, _time, _logger);

    public override DbConnection OpenWriter()
    {
        var connection = _address.OpenWriter();
        try
        {
            TakeLock(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>One node after the other: the next finds the schema as it should be.</summary>
    public override void Prepare(DbConnection writer, Action<DbConnection> migrate)
    {
        Run(writer, $"SELECT pg_advisory_lock({MigrationLockSpace}, hashtext(current_schema()))");
        migrate(writer);
        Run(writer, $"SELECT pg_advisory_unlock({MigrationLockSpace}, hashtext(current_schema()))");
    }

    public override DbConnection OpenReader() => _address.OpenReader();

    public override void Execute(SqlSession session, IReadOnlyList<StorageCommand> batch)
    {
        // Appends that stand side by side go to the server together; whatever else is between keeps its turn.
        for (var at = 0; at < batch.Count;)
        {
            var appends = batch.Skip(at).TakeWhile(command => command.Append is { IsPlain: true }).ToArray();
            foreach (var command in appends)
                command.Append!.IsWritten = false;
            if (appends.Length > 1 || appends is [{ Append.Events: > 1 }])
                PostgresAppends.Write(session, [.. appends.Select(command => command.Append!)]);
            var count = Math.Max(appends.Length, 1);
            for (var i = 0; i < count; i++)
                batch[at + i].Execute(session);
            at += count;
        }
    }

    /// <remarks>
    /// All our integers are bigint. A statement that was prepared while a value was null knows the column's type alone, and
    /// would be sent four bytes where it expects eight.
    /// </remarks>
    public override object ToStored(object value) => value switch
    {
        int number => (long)number,
        string text => PostgresText.Clean(text),
        _ => value,
    };

    /// <remarks>Two nodes may find in one instant that a name or a key is free; whoever comes second looks again.</remarks>
    public override string? WhyUnavailable(Exception exception) =>
        IsShared && exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation }
            ? "Another node has written the same in this instant."
            : PostgresOutage.Explain(exception);

    public override string IsAmong(string column, string parameter) =>
        $"{column} IN (SELECT json_array_elements_text(CAST({parameter} AS json)))";

    public override string Contains(string column, string parameter) => $"strpos({column}, {parameter}) > 0";

    private static void Run(DbConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Waits a little for the lock: a server that was killed leaves it a moment later than its port.</summary>
    private void TakeLock(NpgsqlConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT pg_try_advisory_lock{(IsShared ? "_shared" : "")}({LockSpace}, hashtext(current_schema()))";
        var begun = _time.GetTimestamp();
        while (command.ExecuteScalar() is not true)
        {
            if (_time.GetElapsedTime(begun) > LockPatience)
                throw new DatabaseTakenException();
            using var pause = new ManualResetEventSlim();
            pause.Wait(LockInterval);
        }
    }
}
