using System.Text;
using ProgressHub.Core.Workloads.Analysis.Sandbox;
using ProgressHub.Core.Workloads.Analysis.Tables;

namespace ProgressHub.Tests.Support;

/// <summary>A table read from text into a file of its own.</summary>
internal sealed class TableFile : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("progresshub-table-");

    public TableFile(string text)
        : this(Encoding.UTF8.GetBytes(text))
    {
    }

    public TableFile(byte[] bytes)
    {
        var source = Path.Combine(_folder.FullName, "table.csv");
        Database = Path.Combine(_folder.FullName, "table.db");
        File.WriteAllBytes(source, bytes);
        try
        {
            Profile = new TableImport("0", "table.csv", source).WriteTo(Database, (share, _) => Shares.Add(share), CancellationToken.None);
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

    public QueryResult Run(string sql, QueryLimits? limits = null, CancellationToken cancellationToken = default) =>
        new SandboxedQuery(limits ?? new QueryLimits(TimeSpan.FromSeconds(30), 10_000, 1_000_000), TimeProvider.System).Run(Database, sql, cancellationToken);

    /// <summary>The only value.</summary>
    public object? Value(string sql) => Run(sql).Rows.Single().Single();

    public void Dispose() => _folder.Delete(recursive: true);
}
