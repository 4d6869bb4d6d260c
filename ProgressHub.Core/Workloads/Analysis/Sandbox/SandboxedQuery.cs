using System.Globalization;
using Microsoft.Data.Sqlite;
using ProgressHub.Core.Sqlite;
using SQLitePCL;

namespace ProgressHub.Core.Workloads.Analysis.Sandbox;

/// <summary>
/// Runs one query over one table, on a connection of its own that can only read, under a guard, and within limits of time,
/// memory, rows and bytes. Blocks its thread; whoever cancels stops it within milliseconds.
/// </summary>
internal sealed class SandboxedQuery(QueryLimits limits, TimeProvider time)
{
    // How many steps of SQLite's machine lie between two looks at the clock: about a tenth of a millisecond.
    private const int StepsBetweenLooks = 2000;

    /// <summary>Only compiles the query.</summary>
    /// <exception cref="UnsafeQueryException">It may not run, or is no query over this table.</exception>
    public static void Check(string path, string sql)
    {
        using var connection = Open(path);
        using var statement = Prepare(connection.Handle!, sql);
    }

    /// <summary>Runs the query.</summary>
    /// <exception cref="UnsafeQueryException">It may not run, or is no query over this table.</exception>
    /// <exception cref="WorkloadException"><c>query_timeout</c>, <c>query_too_large</c> or <c>query_failed</c>.</exception>
    public QueryResult Run(string path, string sql, CancellationToken cancellationToken)
    {
        using var connection = Open(path);
        using var statement = Prepare(connection.Handle!, sql);
        var started = time.GetTimestamp();
        var memory = raw.sqlite3_memory_used();
        WorkloadException? stopped = null;
        int Look(object _)
        {
            if (time.GetElapsedTime(started) > limits.Time)
                stopped = TooLong();
            else if (raw.sqlite3_memory_used() - memory > QueryLimits.Memory)
                stopped = new WorkloadException("query_too_large", "The query needs more memory than it may take; narrow it down.");
            return stopped is not null || cancellationToken.IsCancellationRequested ? 1 : 0;
        }

        raw.sqlite3_progress_handler(connection.Handle, StepsBetweenLooks, Look, null);
        var rows = new ResultRows(statement, limits);
        while (true)
        {
            var result = raw.sqlite3_step(statement);
            cancellationToken.ThrowIfCancellationRequested();
            if (result == raw.SQLITE_ROW && rows.Take())
                continue;
            if (result is raw.SQLITE_DONE or raw.SQLITE_ROW)
                return rows.ToResult();
            throw stopped ?? new WorkloadException(
                "query_failed", $"The query failed: {raw.sqlite3_errmsg(connection.Handle).utf8_to_string()}.");
        }
    }

    private static SqliteConnection Open(string path)
    {
        SqliteLibrary.UseBest();
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false,
        }.ToString());
        try
        {
            connection.Open();
            AllowedFunctions.Register(connection);
            using (var command = connection.CreateCommand())
            {
                command.CommandText = "PRAGMA query_only = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384;";
                command.ExecuteNonQuery();
            }

            Bound(connection.Handle!);
            return connection;
        }
        catch (Exception exception)
        {
            connection.Dispose();
            if (exception is SqliteException)
                throw new WorkloadException("table_unavailable", "The table can't be opened now.", exception) { IsTransient = true };
            throw;
        }
    }

    // sqlite.org/security.html: what it advises for SQL from strangers.
    private static void Bound(sqlite3 database)
    {
        raw.sqlite3_enable_load_extension(database, 0);
        (int Limit, int Value)[] bounds =
        [
            (raw.SQLITE_LIMIT_LENGTH, QueryLimits.ValueBytes), (raw.SQLITE_LIMIT_SQL_LENGTH, QueryLimits.Length * 4),
            (raw.SQLITE_LIMIT_EXPR_DEPTH, 100), (raw.SQLITE_LIMIT_COMPOUND_SELECT, 10), (raw.SQLITE_LIMIT_VDBE_OP, 100_000),
            (raw.SQLITE_LIMIT_FUNCTION_ARG, 20), (raw.SQLITE_LIMIT_ATTACHED, 0), (raw.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 200),
            (raw.SQLITE_LIMIT_VARIABLE_NUMBER, 10), (raw.SQLITE_LIMIT_TRIGGER_DEPTH, 1), (raw.SQLITE_LIMIT_WORKER_THREADS, 0),
        ];
        foreach (var (limit, value) in bounds)
            raw.sqlite3_limit(database, limit, value);
    }

    private static sqlite3_stmt Prepare(sqlite3 database, string sql)
    {
        sql = sql.Trim().TrimEnd(';').TrimEnd();
        if (sql.Length is 0 or > QueryLimits.Length || sql.Contains('\0', StringComparison.Ordinal))
            throw new UnsafeQueryException($"has 1 to {QueryLimits.Length} characters");
        var guard = new QueryGuard();
        raw.sqlite3_set_authorizer(database, guard.Decide, null);
        var result = raw.sqlite3_prepare_v2(database, sql, out var statement, out string tail);
        if (result != raw.SQLITE_OK)
        {
            var said = raw.sqlite3_errmsg(database).utf8_to_string();
            throw new UnsafeQueryException(guard.Refusal ?? $"can't be compiled: {said}", new SqliteException(said, result));
        }

        if (Refusal(database, statement, tail) is { } refusal)
        {
            statement?.Dispose();
            throw new UnsafeQueryException(refusal);
        }

        return statement!;
    }

    private static string? Refusal(sqlite3 database, sqlite3_stmt? statement, string tail)
    {
        if (statement is null || statement.IsInvalid)
            return "is empty";
        if (!string.IsNullOrWhiteSpace(tail) && !IsComment(database, tail))
            return "is more than one statement";
        if (raw.sqlite3_stmt_readonly(statement) == 0 || raw.sqlite3_stmt_isexplain(statement) != 0 || raw.sqlite3_column_count(statement) == 0)
            return "does something else than reading";
        return raw.sqlite3_bind_parameter_count(statement) > 0 ? "has parameters" : null;
    }

    private static bool IsComment(sqlite3 database, string tail)
    {
        var result = raw.sqlite3_prepare_v2(database, tail, out var statement);
        using (statement)
            return result == raw.SQLITE_OK && (statement is null || statement.IsInvalid);
    }

    private WorkloadException TooLong() => new(
        "query_timeout",
        string.Create(CultureInfo.InvariantCulture, $"The query was stopped after {limits.Time.TotalSeconds:0.#} s; narrow it down."));
}
