using Microsoft.Data.Sqlite;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Storage;
using SQLitePCL;

namespace ProgressHub.Tests.Storage.Sqlite;

/// <summary>
/// A statement is planned once. Where a value could decide whether a partial index serves, SQLite plans again for each value:
/// that took longer than all else an append does.
/// </summary>
public sealed class SqlitePreparationTests
{
    // SQLITE_STMTSTATUS_REPREPARE
    private const int Reprepared = 5;

    [Fact]
    public async Task No_statement_is_planned_anew_for_each_value()
    {
        await using var sqlite = await new SqliteUnderTest().StartAsync();
        var listing = new JobListing(sqlite.Dialect, TimeProvider.System);
        string[] all =
        [
            .. from object[] row in (System.Collections.IEnumerable)SqlitePlanTests.Statements() select (string)row[0],
            .. Listings().Select(query => listing.Statement(query).Text),
            .. Claims(new ClaimStatements(sqlite.Dialect)),
        ];

        var offenders = await sqlite.Storage.WriteAsync(
            session => all.Where(sql => CountReprepared(((SqliteConnection)session.Connection).Handle!, sql) > 0).ToArray(), 0, 0, default);

        Assert.Empty(offenders);
    }

    private static IEnumerable<JobQuery> Listings() =>
        from kind in (string?[])[null, "k"]
        from tag in (string?[])[null, "t"]
        from states in Enumerable.Range(0, 3)
        select new JobQuery { Owner = "ann", Kind = kind, Tag = tag, States = [.. Enum.GetValues<JobState>().Take(states)] };

    private static IEnumerable<string> Claims(ClaimStatements claims) => SqlitePlanTests.Of(claims).Select(statement => statement.Text);

    /// <summary>Runs a statement with one value after the other, and takes back what it did.</summary>
    private static int CountReprepared(sqlite3 database, string sql)
    {
        Assert.Equal(raw.SQLITE_OK, raw.sqlite3_prepare_v2(database, sql, out var statement));
        using (statement)
        {
            raw.sqlite3_exec(database, "SAVEPOINT trial");
            foreach (var value in (string[])["queued", "running", "queued"])
            {
                for (var i = 1; i <= raw.sqlite3_bind_parameter_count(statement); i++)
                    raw.sqlite3_bind_text(statement, i, value);
                raw.sqlite3_step(statement);
                raw.sqlite3_reset(statement);
            }

            raw.sqlite3_exec(database, "ROLLBACK TO trial; RELEASE trial");
            return raw.sqlite3_stmt_status(statement, Reprepared, 0);
        }
    }
}
