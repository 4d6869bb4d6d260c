using ProgressHub.Core.Workloads;
using ProgressHub.Core.Workloads.Analysis.Sandbox;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>A query, whoever wrote it, reads the one table within its limits, and does nothing else.</summary>
public sealed class SandboxTests : IDisposable
{
    private readonly TableFile _table = new("id,grp,x,y\n1,a,1,2\n2,a,2,4\n3,b,3,6\n4,b,10,20\n5,b,,1\n");

    public void Dispose() => _table.Dispose();

    [Theory]
    [InlineData("DROP TABLE data")]
    [InlineData("DELETE FROM data")]
    [InlineData("INSERT INTO data VALUES (1, 'a', 1, 1)")]
    [InlineData("UPDATE data SET x = 0")]
    [InlineData("CREATE TABLE other (a)")]
    [InlineData("CREATE TEMP TABLE other AS SELECT * FROM data")]
    [InlineData("ATTACH DATABASE '/tmp/x.db' AS x")]
    [InlineData("VACUUM INTO '/tmp/x.db'")]
    [InlineData("PRAGMA table_info(data)")]
    [InlineData("PRAGMA query_only = OFF")]
    [InlineData("SELECT * FROM pragma_table_info('data')")]
    [InlineData("SELECT count(*) FROM pragma_database_list")]
    [InlineData("SELECT sql FROM sqlite_master")]
    [InlineData("SELECT count(*) FROM sqlite_schema")]
    [InlineData("SELECT load_extension('/tmp/x.so')")]
    [InlineData("SELECT readfile('/etc/passwd')")]
    [InlineData("SELECT randomblob(1000000000)")]
    [InlineData("SELECT zeroblob(1000000000)")]
    [InlineData("SELECT 1; DROP TABLE data")]
    [InlineData("SELECT 1; SELECT 2")]
    [InlineData("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n")]
    [InlineData("WITH n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n")]
    [InlineData("EXPLAIN SELECT * FROM data")]
    [InlineData("BEGIN")]
    [InlineData("SELECT ?1")]
    [InlineData("SELECT * FROM nothing")]
    [InlineData("SELECT * FROM json_each('[1]')")]
    [InlineData("not a query")]
    [InlineData("")]
    [InlineData("-- nothing")]
    public void What_is_not_one_plain_query_over_the_table_is_refused(string sql)
    {
        Assert.Throws<UnsafeQueryException>(() => SandboxedQuery.Check(_table.Database, sql));
        Assert.Throws<UnsafeQueryException>(() => _table.Run(sql));

        Assert.Equal(5L, _table.Value("SELECT count(*) FROM data"));
        Assert.Equal(2, Directory.GetFiles(_table.Folder).Length);
    }

    [Theory]
    [InlineData("SELECT count(*) FROM data;")]
    [InlineData("SELECT count(*) FROM DATA -- all")]
    [InlineData("WITH t AS (SELECT x FROM data) SELECT count(*) FROM t")]
    [InlineData("SELECT count(*) FROM (SELECT grp, avg(x) OVER (PARTITION BY grp) AS m FROM data)")]
    [InlineData("SELECT count(*) FROM data a JOIN data b USING (id)")]
    [InlineData("SELECT sum(1) FROM data WHERE grp IN (SELECT grp FROM data) OR id BETWEEN 1 AND 9")]
    public void Common_tables_joins_windows_and_comments_are_fine(string sql) => Assert.Equal(5L, _table.Value(sql));

    [Fact]
    public void Statistics_are_those_of_the_textbook()
    {
        Assert.Equal(2.5, _table.Value("SELECT median(x) FROM data"));
        Assert.Equal(Math.Sqrt(50 / 3.0), (double)_table.Value("SELECT stdev(x) FROM data")!, 12);
        Assert.Equal(50 / 3.0, (double)_table.Value("SELECT variance(x) FROM data")!, 12);
        Assert.Equal(1.0, (double)_table.Value("SELECT corr(x, y) FROM data")!, 12);
        Assert.Equal(2.0, (double)_table.Value("SELECT slope(x, y) FROM data")!, 12);
        Assert.Equal([["a", 1.5], ["b", 6.5]], _table.Run("SELECT grp, median(x) FROM data GROUP BY grp ORDER BY grp").Rows);
        Assert.Null(_table.Value("SELECT stdev(x) FROM data WHERE id = 1"));
        Assert.Null(_table.Value("SELECT median(x) FROM data WHERE id > 100"));
    }

    [Fact]
    public void A_query_without_an_end_is_stopped_at_its_time()
    {
        var endless = Cross(30);

        var stopped = Assert.Throws<WorkloadException>(() => _table.Run(endless, new QueryLimits(TimeSpan.FromMilliseconds(200), 10, 1000)));

        Assert.Equal("query_timeout", stopped.Code);
    }

    [Fact]
    public async Task A_query_without_an_end_is_stopped_by_whoever_cancels()
    {
        using var cancel = new CancellationTokenSource();
        var run = Task.Run(() => _table.Run(Cross(30), new QueryLimits(TimeSpan.FromHours(1), 10, 1000), cancel.Token));

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run.Soon());
    }

    [Fact]
    public void A_query_that_sorts_more_than_it_may_keep_in_memory_is_stopped()
    {
        // 5 to the power of 11: far more than the bound, which is reached long before the end.
        var greedy = $"SELECT t0.id FROM {Tables(11)} ORDER BY {string.Join(" || ", Enumerable.Repeat("printf('%0100d', t0.id + t10.id)", 4))}";

        var stopped = Assert.Throws<WorkloadException>(() => _table.Run(greedy, new QueryLimits(TimeSpan.FromMinutes(5), 10, 1000)));

        Assert.Equal("query_too_large", stopped.Code);
    }

    [Fact]
    public void A_value_may_not_grow_without_bound() => Assert.Equal(
        "query_failed", Assert.Throws<WorkloadException>(() => _table.Run($"SELECT group_concat(printf('%01000d', t0.id)) FROM {Tables(5)}")).Code);

    [Fact]
    public void Rows_and_bytes_beyond_the_limits_are_left_out_and_that_is_said()
    {
        var few = _table.Run($"SELECT t0.id FROM {Tables(4)}", new QueryLimits(TimeSpan.FromMinutes(1), 100, 1_000_000));
        var small = _table.Run($"SELECT printf('%01000d', t0.id) FROM {Tables(4)}", new QueryLimits(TimeSpan.FromMinutes(1), 1000, 5000));

        Assert.Equal((100, true), (few.Rows.Count, few.Truncated));
        Assert.True(small is { Truncated: true, Rows.Count: < 10 });
    }

    [Fact]
    public void A_table_that_is_not_there_is_a_failure_that_may_pass()
    {
        var query = new SandboxedQuery(new QueryLimits(TimeSpan.FromMinutes(1), 10, 1000), TimeProvider.System);

        var failure = Assert.Throws<WorkloadException>(() => query.Run(Path.Combine(_table.Folder, "none.db"), "SELECT 1", CancellationToken.None));

        Assert.Equal(("table_unavailable", true), (failure.Code, failure.IsTransient));
    }

    private static string Cross(int tables) => $"SELECT count(*) FROM {Tables(tables)} WHERE {string.Join(" + ", Enumerable.Range(0, tables).Select(i => $"t{i}.id"))} < 0";

    private static string Tables(int tables) => string.Join(", ", Enumerable.Range(0, tables).Select(i => $"data t{i}"));
}
