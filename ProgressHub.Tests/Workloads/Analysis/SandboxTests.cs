using ProgressHub.Tests.Support;
using ProgressHub.Workloads.Analysis.Sandbox;

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
    public void What_is_not_one_plain_query_over_the_table_is_refused(string sql) => IsRefused(sql);

    [Theory]
    [InlineData("SELECT count(*) FROM read_csv('/etc/passwd')")]
    [InlineData("SELECT * FROM '/etc/passwd'")]
    [InlineData("FROM '/etc/passwd'")]
    [InlineData("SELECT * FROM read_text('/etc/passwd')")]
    [InlineData("SELECT * FROM read_blob('/etc/*')")]
    [InlineData("SELECT * FROM glob('/*')")]
    [InlineData("SELECT * FROM read_parquet('https://example.com/x.parquet')")]
    [InlineData("SELECT * FROM read_json('/proc/self/environ')")]
    [InlineData("SELECT * FROM read_ndjson_objects('/proc/self/environ')")]
    [InlineData("SELECT * FROM sniff_csv('/etc/passwd')")]
    [InlineData("SELECT * FROM parquet_metadata('/etc/passwd')")]
    [InlineData("SELECT * FROM 'https://example.com/x.csv'")]
    [InlineData("COPY data TO '/tmp/progresshub-out.csv'")]
    [InlineData("COPY data FROM '/etc/passwd'")]
    [InlineData("COPY (SELECT 1) TO '/tmp/progresshub-out.parquet' (FORMAT parquet)")]
    [InlineData("EXPORT DATABASE '/tmp/progresshub-export'")]
    [InlineData("IMPORT DATABASE '/tmp'")]
    [InlineData("ATTACH ':memory:' AS m")]
    [InlineData("USE memory")]
    [InlineData("INSTALL httpfs")]
    [InlineData("LOAD httpfs")]
    [InlineData("LOAD '/tmp/evil.duckdb_extension'")]
    [InlineData("FORCE INSTALL httpfs FROM 'http://127.0.0.1/'")]
    [InlineData("SET enable_external_access = true")]
    [InlineData("SET GLOBAL memory_limit = '100GB'")]
    [InlineData("RESET lock_configuration")]
    [InlineData("PRAGMA enable_external_access")]
    [InlineData("PRAGMA profiling_output = '/tmp/progresshub-profile.json'")]
    [InlineData("SET VARIABLE x = 1")]
    [InlineData("SELECT getvariable('x')")]
    [InlineData("SELECT getenv('HOME')")]
    [InlineData("SELECT current_setting('temp_directory')")]
    [InlineData("SELECT * FROM duckdb_settings()")]
    [InlineData("SELECT * FROM duckdb_secrets()")]
    [InlineData("SELECT * FROM duckdb_extensions()")]
    [InlineData("SELECT * FROM duckdb_logs()")]
    [InlineData("SELECT * FROM duckdb_tables")]
    [InlineData("SELECT * FROM information_schema.tables")]
    [InlineData("SELECT * FROM pg_catalog.pg_tables")]
    [InlineData("SELECT * FROM main.data")]
    [InlineData("SELECT * FROM temp.data")]
    [InlineData("SELECT * FROM (WITH duckdb_tables AS (SELECT 1) SELECT * FROM duckdb_tables), duckdb_tables")]
    [InlineData("CREATE SECRET s (TYPE s3)")]
    [InlineData("CREATE MACRO f(a) AS a")]
    [InlineData("CREATE OR REPLACE VIEW data AS SELECT 1")]
    [InlineData("CALL pragma_version()")]
    [InlineData("CHECKPOINT")]
    [InlineData("PREPARE p AS SELECT 1")]
    [InlineData("EXECUTE p")]
    [InlineData("EXPLAIN ANALYZE SELECT 1")]
    [InlineData("DESCRIBE data")]
    [InlineData("SUMMARIZE data")]
    [InlineData("SHOW TABLES")]
    [InlineData("SELECT * FROM (DESCRIBE data)")]
    [InlineData("SELECT query('SELECT 1')")]
    [InlineData("FROM query('SELECT 42')")]
    [InlineData("FROM query_table('data')")]
    [InlineData("SELECT * FROM range(100000000000)")]
    [InlineData("SELECT unnest([1, 2, 3])")]
    [InlineData("SELECT * FROM generate_series(1, 10)")]
    [InlineData("SELECT * FROM repeat_row(1, num_rows = 1000000000)")]
    [InlineData("SELECT * FROM test_all_types()")]
    [InlineData("SELECT repeat('x', 1000000000)")]
    [InlineData("SELECT list_transform([1], lambda x: x + 1)")]
    [InlineData("SELECT array_agg(x) FROM data")]
    [InlineData("SELECT histogram(x) FROM data")]
    [InlineData("SELECT system.main.abs(x) FROM data")]
    [InlineData("SELECT pg_sleep(1)")]
    [InlineData("SELECT sleep_ms(1)")]
    [InlineData("SELECT write_log('x')")]
    [InlineData("SELECT nextval('s')")]
    [InlineData("SELECT txid_current()")]
    [InlineData("SELECT uuid()")]
    [InlineData("SELECT random()")]
    [InlineData("SELECT $1")]
    [InlineData("SELECT $named")]
    [InlineData("SELECT x FROM data WHERE x = (SELECT count(*) FROM read_csv('/etc/passwd'))")]
    [InlineData("SELECT x FROM data UNION ALL SELECT size FROM glob('/*')")]
    [InlineData("WITH t AS (SELECT * FROM '/etc/passwd') SELECT 1")]
    [InlineData("SELECT x FROM data ORDER BY getenv('HOME')")]
    [InlineData("SELECT CASE WHEN getenv('HOME') = '/' THEN 1 END")]
    [InlineData("SELECT sum(x) FILTER (WHERE getenv('HOME') = '/') FROM data")]
    [InlineData("SELECT sum(x) OVER (ORDER BY getenv('HOME')) FROM data")]
    [InlineData("SELECT count(*) FROM data GROUP BY getenv('HOME')")]
    [InlineData("SELECT x FROM data LIMIT (SELECT count(*) FROM glob('/*'))")]
    [InlineData("SELECT x FROM data QUALIFY getenv('HOME') = '/'")]
    [InlineData("SELECT * FROM data a JOIN glob('/*') b ON true")]
    [InlineData("SELECT * FROM data a, LATERAL (SELECT getenv('HOME'))")]
    [InlineData("SELECT COLUMNS(lambda c: getenv(c)) FROM data")]
    [InlineData("SELECT * REPLACE (getenv('HOME') AS x) FROM data")]
    [InlineData("PIVOT data ON grp USING sum(x)")]
    [InlineData("SELECT * FROM (PIVOT data ON grp USING sum(x))")]
    [InlineData("MERGE INTO data USING data d ON false WHEN NOT MATCHED THEN INSERT *")]
    [InlineData("TRUNCATE data")]
    [InlineData("SELECT 1 /* ; */; DROP TABLE data --")]
    [InlineData("SELECT 1；DROP TABLE data")]
    [InlineData("\u0000SELECT 1")]
    [InlineData("SELECT x FROM data AT (VERSION => 1)")]
    public void What_reaches_for_files_settings_or_functions_that_are_not_known_is_refused(string sql) => IsRefused(sql);

    [Theory]
    [InlineData("SELECT count(*) FROM data;")]
    [InlineData("SELECT count(*) FROM DATA -- all")]
    [InlineData("WITH t AS (SELECT x FROM data) SELECT count(*) FROM t")]
    [InlineData("WITH t AS (SELECT x FROM data), u AS (SELECT * FROM t) SELECT count(*) FROM u")]
    [InlineData("SELECT count(*) FROM (SELECT grp, avg(x) OVER (PARTITION BY grp) AS m FROM data)")]
    [InlineData("SELECT count(*) FROM data a JOIN data b USING (id)")]
    [InlineData("SELECT sum(1)::BIGINT FROM data WHERE grp IN (SELECT grp FROM data) OR id BETWEEN 1 AND 9")]
    [InlineData("SELECT count(*) FROM data WHERE grp LIKE 'a%' OR grp ILIKE 'B' OR NOT starts_with(grp, 'z')")]
    [InlineData("SELECT count(*) FILTER (WHERE id > 0 AND (x IS NULL OR x <> -1)) FROM data")]
    [InlineData("SELECT max(n) FROM (SELECT row_number() OVER (ORDER BY id) AS n FROM data)")]
    [InlineData("SELECT CAST(max(id) AS BIGINT) FROM data WHERE EXISTS (SELECT 1 FROM data d WHERE d.id = data.id)")]
    [InlineData("SELECT id FROM data ORDER BY x DESC NULLS FIRST LIMIT 1")]
    [InlineData("SELECT max(id) FROM data WHERE strftime(make_date(2024, 1, 31), '%Y-%m') = '2024-01' AND DATE '2024-01-31' - INTERVAL 1 MONTH < DATE '2024-01-01'")]
    public void What_analysts_write_is_fine(string sql) => Assert.Equal(5L, _table.Value(sql));

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
    public void A_value_has_all_its_digits() => Assert.Equal(
        [1.5m, 9007199254740993L, 11234567800033596096m, true, "2024-01-31", "2024-01-31 10:00:00.5", 0.1, null],
        _table.Run(
            "SELECT 1.50::DECIMAL(10,2), 9007199254740993, 11234567800033596096::HUGEINT, true, DATE '2024-01-31', TIMESTAMP '2024-01-31 10:00:00.5', 0.1::DOUBLE, 'NaN'::DOUBLE").Rows.Single());

    private void IsRefused(string sql)
    {
        Assert.Throws<UnsafeQueryException>(() => _table.Run(sql));

        Assert.Equal(5L, _table.Value("SELECT count(*) FROM data"));
        Assert.Equal(2, Directory.GetFiles(_table.Folder).Length);
        Assert.Empty(Directory.GetFileSystemEntries(Path.GetTempPath(), "progresshub-out.*"));
    }
}
