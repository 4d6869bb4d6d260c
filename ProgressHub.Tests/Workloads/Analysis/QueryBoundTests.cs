using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis.Sandbox;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>
/// A query that takes too long, or too much, ends a worker and nothing else: at its deadline, its memory's bound, or within a
/// second of a cancellation. The server's own memory does not grow.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class QueryBoundTests : IDisposable
{
    private const long Slack = 200L << 20;
    private readonly TableBench _bench = new(Rows(), o => o.QueryTimeout = TimeSpan.FromSeconds(1));

    /// <summary>Calls that no interrupt reaches, sorts, products and rows without end.</summary>
    public static TheoryData<string> Greedy =>
    [
        .. Products(), .. Calls(),
        "SELECT string_agg(a.t || b.t || c.t, '') FROM data a, data b, data c",
        "SELECT a.id, lpad(a.t, 100000000, 'x') FROM data a, data b ORDER BY 2",
        $"SELECT {string.Join(", ", Enumerable.Range(1, 150).Select(i => $"substr(v, {i})"))} FROM (SELECT lpad('a', 999000, 'a') AS v)",
        $"SELECT {string.Join(", ", Enumerable.Range(1, 900).Select(_ => "rpad(t,100000,'y')"))} FROM data",
    ];

    public void Dispose() => _bench.Dispose();

    // On a busy machine the deadline of a second may be too short for a worker that is only being started.
    private async Task<long> CountAsync()
    {
        object? count = null;
        await Patience.UntilAsync(
            async () =>
            {
                try
                {
                    count = (await _bench.Engine.RunAsync("", "SELECT count(*) FROM data", CancellationToken.None).Soon()).Rows[0][0];
                    return true;
                }
                catch (WorkloadException late) when (late.Code == "query_timeout")
                {
                    return false;
                }
            },
            "the next one is answered");
        return (long)count!;
    }

    [Theory]
    [MemberData(nameof(Greedy))]
    public async Task A_greedy_query_ends_at_its_bound_and_the_next_one_is_answered(string sql)
    {
        var before = Environment.WorkingSet;

        var failure = await Record.ExceptionAsync(() => _bench.Engine.RunAsync("", sql, CancellationToken.None).Soon());

        var code = (failure as WorkloadException)?.Code;
        Assert.True(code is "query_timeout" or "query_too_large" or "query_failed", $"{failure} for {sql[..Math.Min(200, sql.Length)]}");
        Assert.True(Environment.WorkingSet - before < Slack, $"This process grew from {before >> 20} to {Environment.WorkingSet >> 20} MB.");
        Assert.Equal(1000L, await CountAsync());
    }

    [Theory]
    [InlineData("SELECT count(*) FROM data a, data b, data c, data d WHERE a.id + b.id + c.id + d.id < 0")]
    [InlineData("SELECT sum(levenshtein(lpad(a.t, 20000, 'x'), lpad(b.t, 20000, 'y'))) FROM data a, data b")]
    public async Task A_query_that_is_canceled_is_gone_though_its_own_time_is_not_up(string sql)
    {
        using var bench = new TableBench(Rows(), o => o.QueryTimeout = TimeSpan.FromMinutes(5));
        await bench.Engine.RunAsync("", "SELECT 1", CancellationToken.None).Soon();
        using var cancel = new CancellationTokenSource();
        var running = bench.Engine.RunAsync("", sql, cancel.Token);
        await Patience.UntilAsync(() => ProcessTable.Children().Any(ProcessTable.IsBusy), "the worker works");
        var children = ProcessTable.Children();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running.Soon());
        await Patience.UntilAsync(() => !children.Any(id => ProcessTable.IsAlive(id) && ProcessTable.IsBusy(id)), "nothing works at it any more");
    }

    [Fact]
    public async Task Rows_and_bytes_beyond_the_limits_are_left_out_and_that_is_said()
    {
        using var few = new TableBench(Rows(), o => o.MaxRows = 100);
        using var small = new TableBench(Rows(), o => o.MaxResultBytes = 5000);

        var rows = await few.Engine.RunAsync("", "SELECT a.id FROM data a, data b", CancellationToken.None).Soon();
        var bytes = await small.Engine.RunAsync("", "SELECT lpad(t, 1000, 'x') FROM data", CancellationToken.None).Soon();

        Assert.Equal((100, true), (rows.Rows.Count, rows.Truncated));
        Assert.True(bytes is { Truncated: true, Rows.Count: < 10 });
    }

    [Fact]
    public async Task A_refusal_reaches_whoever_asked_and_the_worker_goes_on()
    {
        var refused = await Assert.ThrowsAsync<UnsafeQueryException>(() => _bench.Engine.RunAsync("", "SELECT getenv('HOME')", CancellationToken.None).Soon());
        await Assert.ThrowsAsync<UnsafeQueryException>(() => _bench.Engine.CheckAsync("", "SELECT nothing FROM data", CancellationToken.None).Soon());
        await _bench.Engine.CheckAsync("", "SELECT id FROM data", CancellationToken.None).Soon();

        Assert.Equal("calls getenv(), which is not allowed", refused.Message);
    }

    [Fact]
    public async Task A_table_that_is_not_there_is_a_failure_that_may_pass()
    {
        File.Delete(Path.Combine(_bench.Folder, "table.duckdb"));

        var failure = await Assert.ThrowsAsync<WorkloadException>(() => _bench.Engine.RunAsync("", "SELECT 1", CancellationToken.None).Soon());

        Assert.Equal(("table_unavailable", true), (failure.Code, failure.IsTransient));
    }

    private static string Rows() =>
        "id,t\n" + string.Concat(Enumerable.Range(1, 1000).Select(i => FormattableString.Invariant($"{i},text {i}\n")));

    private static IEnumerable<string> Products() =>
    [
        "SELECT count(*) FROM data a, data b, data c, data d WHERE a.id + b.id + c.id + d.id < 0",
        "SELECT count(DISTINCT a.t || b.t || c.t) FROM data a, data b, data c",
        "SELECT a.t || b.t || c.t AS k, count(*) FROM data a, data b, data c GROUP BY 1 ORDER BY 2 DESC, 1",
        "SELECT sum(a.id) OVER (ORDER BY b.t, c.t, a.t) FROM data a, data b, data c ORDER BY 1 DESC",
        "SELECT median(a.id * b.id * c.id), mode(a.t || b.t || c.t) FROM data a, data b, data c",
    ];

    private static IEnumerable<string> Calls() =>
    [
        "SELECT string_agg(lpad(a.t, 1000000, 'x'), '') FROM data a, data b",
        "SELECT max(reverse(lpad(a.t, 50000000, 'x'))) FROM data a, data b",
        "SELECT count(*) FROM data a, data b, data c, data d WHERE regexp_matches(a.t || b.t || c.t || d.t, '(t+e+)+y$')",
        "SELECT count(*) FROM (SELECT DISTINCT md5(a.t || b.t || c.t) FROM data a, data b, data c)",
        "SELECT max(concat_ws(lpad('x', 1000000, 'y'), a.t, b.t, a.t, b.t, a.t, b.t)) FROM data a, data b",
        "SELECT quantile_cont(a.id * b.id * c.id, 0.5) OVER (PARTITION BY a.id % 7 ORDER BY b.id ROWS BETWEEN 100000 PRECEDING AND CURRENT ROW) FROM data a, data b, data c",
        "SELECT sum(levenshtein(lpad(a.t, 20000, 'x'), lpad(b.t, 20000, 'y'))) FROM data a, data b",
        "SELECT length(lpad('x', 2000000000, 'y')) + length(rpad('x', 2000000000, 'z'))",
        "SELECT printf('%2000000000d', id) FROM data",
        "SELECT format('{:>2000000000}', t) FROM data",
        "SELECT max(length(regexp_replace(lpad(a.t, 2000000, 'a'), '(a|aa)+$', 'b', 'g'))) FROM data a, data b",
        "SELECT sum(jaro_similarity(lpad(a.t, 100000, 'x'), lpad(b.t, 100000, 'y'))) FROM data a, data b",
        "SELECT sum(damerau_levenshtein(lpad(a.t, 5000, 'x'), lpad(b.t, 5000, 'y'))) FROM data a, data b",
        "SELECT count(*) FROM data a, data b WHERE lpad(a.t, 1000000, 'ab') LIKE '%a%b%a%b%a%b%c%d%' || b.t",
        "SELECT replace(replace(lpad(t, 10000000, 'a'), 'a', lpad('b', 1000, 'b')), 'b', lpad('c', 1000, 'c')) FROM data",
    ];
}
