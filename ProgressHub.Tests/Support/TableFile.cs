using System.Text;
using ProgressHub.Workloads.Analysis.Engine;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Tests.Support;

/// <summary>A table read from a file into a database of its own, in this process.</summary>
internal sealed class TableFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("progresshub-table-");
    private readonly KeptTable _table = new(TimeProvider.System);

    public TableFile(string text, TableReading? reading = null)
        : this(Encoding.UTF8.GetBytes(text), reading)
    {
    }

    public TableFile(byte[] bytes, TableReading? reading = null, string name = "table.csv")
    {
        var source = Path.Combine(_folder.FullName, "table.csv");
        Database = Path.Combine(_folder.FullName, "table.duckdb");
        File.WriteAllBytes(source, bytes);
        try
        {
            Profile = new TableImport(new ImportRequest("0", name, source, Database, reading), TimeProvider.System).Run(at => Shares.Add(at.Share));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Database { get; }

    public string Folder => _folder.FullName;

    public TableProfile Profile { get; }

    public List<double> Shares { get; } = [];

    public IEnumerable<string> Types => Profile.Columns.Select(c => $"{c.Name}:{c.Type}");

    /// <summary>Runs a query.</summary>
    /// <exception cref="UnsafeQueryException">It may not run.</exception>
    public QueryResult Run(string sql)
    {
        var reply = _table.Ask(new QueryRequest(Database, sql, 10_000, 1_000_000), onlyCheck: false);
        return reply.Refusal is { } refusal ? throw new UnsafeQueryException(refusal) : ResultReading.Of(reply);
    }

    /// <summary>The only value.</summary>
    public object? Value(string sql) => Run(sql).Rows.Single().Single();

    /// <summary>A column of the whole table.</summary>
    public IReadOnlyList<object?> Column(int index) => [.. Run("SELECT * FROM data").Rows.Select(r => r[index])];

    public void Dispose()
    {
        _table.Dispose();
        _folder.Delete(recursive: true);
    }
}
