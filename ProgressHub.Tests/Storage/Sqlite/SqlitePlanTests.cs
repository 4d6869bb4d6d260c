using System.Reflection;
using System.Text.RegularExpressions;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Storage;

namespace ProgressHub.Tests.Storage.Sqlite;

/// <summary>With a million jobs a statement that reads them all is a defect, whatever it returns.</summary>
public sealed partial class SqlitePlanTests
{
    public static TheoryData<string> Statements() => [.. typeof(SqlStatement).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(SqlStatement).Namespace && !type.ContainsGenericParameters)
        .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
        .Select(field => field.GetValue(null))
        .SelectMany(value => value as SqlStatement[] ?? (value is SqlStatement one ? [one] : []))
        .Select(statement => statement.Text).Distinct()];

    [Theory]
    [MemberData(nameof(Statements))]
    public async Task No_statement_reads_a_whole_table(string sql)
    {
        await using var sqlite = await new SqliteUnderTest().StartAsync();

        var plan = await PlanAsync(sqlite, new SqlStatement(sql));

        Assert.All(plan, step => Assert.Matches(Bounded(), step));
    }

    [Theory]
    [InlineData(false, 0, false, false)]
    [InlineData(false, 0, true, false)]
    [InlineData(true, 0, false, false)]
    [InlineData(false, 2, false, false)]
    [InlineData(true, 1, true, false)]
    [InlineData(false, 0, false, true)]
    [InlineData(true, 2, true, true)]
    public async Task No_listing_reads_all_jobs_of_an_owner_unless_it_searches_their_titles(
        bool kind, int states, bool text, bool tag)
    {
        await using var sqlite = await new SqliteUnderTest().StartAsync();
        var query = new JobQuery
        {
            Owner = "ann", Kind = kind ? "k" : null, Text = text ? "t" : null, Tag = tag ? "t" : null,
            States = [.. Enum.GetValues<JobState>().Take(states)],
        };

        var plan = await PlanAsync(sqlite, new JobListing(sqlite.Dialect, TimeProvider.System).Statement(query));

        Assert.All(plan, step => Assert.Matches(Bounded(), step));

        // The page itself may be sorted; what it is chosen from may not.
        var sorts = plan.Count(step => step.Contains("TEMP B-TREE", StringComparison.Ordinal));
        Assert.True(sorts <= 1, string.Join('\n', plan));
    }

    [Fact]
    public async Task No_claim_and_no_count_beside_running_jobs_reads_a_whole_table()
    {
        await using var sqlite = await new SqliteUnderTest().StartAsync();
        SqlStatement[] statements = [UsageStatements.BesideIn(sqlite.Dialect), .. Of(new ClaimStatements(sqlite.Dialect))];
        Assert.Equal(6, statements.Length);

        foreach (var statement in statements)
            Assert.All(await PlanAsync(sqlite, statement), step => Assert.Matches(Bounded(), step));
    }

    internal static IEnumerable<SqlStatement> Of(object holder) => holder.GetType().GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
        .Select(field => field.GetValue(holder)).SelectMany(value => value switch
        {
            SqlStatement one => [one],
            BoundedQueue both => Of(both),
            _ => Enumerable.Empty<SqlStatement>(),
        });

    private static Task<List<string>> PlanAsync(SqliteUnderTest sqlite, SqlStatement statement) =>
        sqlite.Storage.ReadAsync(
            session => session.Query(
                new SqlStatement("EXPLAIN QUERY PLAN " + statement.Text, statement.Parameters),
                reader => reader.GetString(3), new object?[statement.Parameters.Count]),
            default);

    // Anything but a scan; or one of an index that holds live jobs, lanes or open files only, of a subquery that has a limit or one
    // row, of a parameter's list, or of a table that stays small.
    [GeneratedRegex(
        "^(?!SCAN)|INDEX (jobs_queued|jobs_queued_of_kind|jobs_delayed|jobs_under_way|webhooks_due|webhooks_next|webhooks_following|files_open|files_stale)( |$)" +
        "|^SCAN (TABLE |SUBQUERY [0-9]+ AS )?(latest|owner_job_counts|file_bytes|CONSTANT ROW|schema_version|purges|queue_pauses|file_removals|json_each|s[0-9])")]
    private static partial Regex Bounded();
}
