using DuckDB.NET.Data;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis.Engine;

namespace ProgressHub.Tests.Workloads.Analysis;

/// <summary>The table that was asked last stays open, locked as it was, and never longer than it is the one that is asked.</summary>
public sealed class KeptTableTests : IDisposable
{
    private const string Sum = "SELECT sum(x) FROM data";
    private readonly TableFile _file = new("id,x\n1,10\n2,20\n");
    private readonly TableFile _other = new("id,x\n1,70\n2,80\n");
    private readonly ManualTime _time = new();
    private readonly KeptTable _table;

    public KeptTableTests() => _table = new KeptTable(_time);

    public void Dispose()
    {
        _table.Dispose();
        _file.Dispose();
        _other.Dispose();
    }

    [Fact]
    public void Queries_over_one_table_use_one_opening()
    {
        Assert.Equal([30L, 30L, 30L], [Ask(Sum), Ask(Sum), Ask(Sum)]);

        Assert.Equal(1, _table.Openings);
    }

    [Fact]
    public void Another_table_closes_the_one_before()
    {
        Assert.Equal([30L, 150L, 30L], [Ask(Sum), Ask(Sum, _other), Ask(Sum)]);

        Assert.Equal(3, _table.Openings);
    }

    [Fact]
    public void A_file_that_was_replaced_is_seen_also_where_its_time_and_length_are_the_same()
    {
        Assert.Equal(30L, Ask(Sum));
        var (written, length) = (File.GetLastWriteTimeUtc(_file.Database), new FileInfo(_file.Database).Length);
        File.Copy(_other.Database, $"{_file.Database}.new");
        File.SetLastWriteTimeUtc($"{_file.Database}.new", written);
        Assert.Equal(length, new FileInfo($"{_file.Database}.new").Length);

        File.Move($"{_file.Database}.new", _file.Database, overwrite: true);

        Assert.Equal(150L, Ask(Sum));
        Assert.Equal(2, _table.Openings);
    }

    [Fact]
    public void A_file_that_is_gone_is_not_answered_from_memory()
    {
        Ask(Sum);
        File.Delete(_file.Database);

        var failure = Assert.Throws<WorkloadException>(() => Ask(Sum));

        Assert.Equal(("table_unavailable", true, false), (failure.Code, failure.IsTransient, _table.IsOpen));
    }

    [Fact]
    public void It_is_closed_when_nobody_asks_for_a_while()
    {
        Ask(Sum);
        _time.Advance(KeptTable.IdleLifetime / 2);
        Ask(Sum);
        _time.Advance(KeptTable.IdleLifetime / 2);
        Assert.True(_table.IsOpen);

        _time.Advance(KeptTable.IdleLifetime);

        Assert.False(_table.IsOpen);
        Assert.Equal(30L, Ask(Sum));
    }

    [Theory]
    [InlineData("SELECT getenv('HOME')")]
    [InlineData("SELECT nothing FROM data")]
    public void What_was_not_answered_closes_it(string sql)
    {
        Ask(Sum);

        Assert.NotNull(_table.Ask(Request(sql, _file), onlyCheck: false).Refusal);

        Assert.False(_table.IsOpen);
    }

    [Theory]
    [InlineData("SET memory_limit = '8GB'")]
    [InlineData("SET GLOBAL threads = 8")]
    [InlineData("RESET lock_configuration")]
    [InlineData("SET enable_external_access = true")]
    [InlineData("SELECT * FROM read_csv_auto('/etc/passwd')")]
    [InlineData("ATTACH ':memory:' AS other; ATTACH '/tmp/progresshub-attached.db'")]
    [InlineData("DELETE FROM data")]
    [InlineData("LOAD httpfs")]
    public void Its_settings_are_locked_for_every_connection_also_without_the_guard(string sql)
    {
        using var table = new OpenTable(_file.Database);
        Assert.Throws<DuckDBException>(() => Run(table, sql));

        Assert.Equal("488.2 MiB|2|false", Run(table, "SELECT current_setting('memory_limit') || '|' || current_setting('threads') || '|' || current_setting('enable_external_access')"));
    }

    [Fact]
    public void What_a_session_keeps_does_not_reach_the_next_query()
    {
        using var table = new OpenTable(_file.Database);
        Run(table, "CREATE TEMP TABLE data AS SELECT 1 AS x");

        Assert.Equal("30", Run(table, "SELECT sum(x)::VARCHAR FROM data"));
    }

    [Fact]
    public async Task A_worker_keeps_it_open_and_sees_that_it_was_replaced()
    {
        using var bench = new TableBench("id,x\n1,1\n2,2\n");
        var path = Path.Combine(bench.Folder, "table.duckdb");
        Assert.Equal(3L, (await bench.Engine.RunAsync("", Sum, CancellationToken.None).Soon()).Rows[0][0]);
        Assert.Single(Holders(path));
        File.Copy(_other.Database, $"{path}.new");
        File.Move($"{path}.new", path, overwrite: true);

        Assert.Equal(150L, (await bench.Engine.RunAsync("", Sum, CancellationToken.None).Soon()).Rows[0][0]);

        Assert.Single(Holders(path));
        Assert.Empty(Holders($"{path} (deleted)"));
    }

    // The processes that this one started and that have the file open.
    private static IReadOnlyList<int> Holders(string path) =>
        [.. ProcessTable.Children().Where(id => Directory.GetFiles($"/proc/{id}/fd").Any(fd => new FileInfo(fd).LinkTarget == path))];

    private static object? Run(OpenTable table, string sql)
    {
        using var connection = table.Connect();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static QueryRequest Request(string sql, TableFile file) => new(file.Database, sql, 10, 10_000);

    private object? Ask(string sql, TableFile? file = null) =>
        ResultReading.Of(_table.Ask(Request(sql, file ?? _file), onlyCheck: false)).Rows.Single().Single();
}
