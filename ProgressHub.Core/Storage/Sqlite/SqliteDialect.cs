using System.Data.Common;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Core.Storage.Sqlite;

/// <summary>The embedded database: one file, one process.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    private readonly string _directory;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SqliteFile _file;
    private UncleanStop? _left;

    public SqliteDialect(string dataDirectory, TimeProvider time, ILogger logger)
    {
        _directory = Path.GetFullPath(dataDirectory);
        (_time, _logger) = (time, logger);
        _file = new SqliteFile(Path.Combine(_directory, "progresshub.db")) { WriterCacheKib = 65536 };
    }

    public override string MigrationFolder => "Sqlite";

    public override string Location => _file.Path;

    /// <summary>Whether to open a database of which something committed can't be read.</summary>
    public bool AcceptDataLoss { get; init; }

    /// <summary>Further settings of the writing connection: how tests make the disk small or read-only.</summary>
    internal string? ExtraWriterSettings
    {
        get => _file.ExtraWriterSettings;
        set => _file.ExtraWriterSettings = value;
    }

    public override IDisposable TakePossession()
    {
        var possession = OwnDirectory.Take(_directory, _time, _logger);
        try
        {
            DataDirectoryMarker.RequireNone(_directory);
            _left = new UncleanStop(_file.Path, AcceptDataLoss, _logger);
            LostNumbers = new DamagedLogs(_directory, _logger).Examine($"{_file.Path}-wal", AcceptDataLoss);
            _file.EmptiesLogWhenOpened = LostNumbers == 0;
            return possession;
        }
        catch
        {
            possession.Dispose();
            throw;
        }
    }

    public override void Verify(SqlSession writer) => _left?.Verify(writer.Connection);

    public override bool Shrink(SqlSession writer) => FreePages.GiveBack(writer.Connection);

    public override void LossIsMarked(SqlSession writer)
    {
        LostNumbers = 0;
        _file.EmptiesLogWhenOpened = true;
        EmptyLog(writer);
    }

    public override DbConnection OpenWriter() => _file.OpenWriter();

    public override DbConnection OpenReader() => _file.OpenReader();

    public override void BeforeClose(SqlSession writer) => EmptyLog(writer);

    public override string? WhyUnavailable(Exception exception) => SqliteOutage.Explain(exception);

    public override string IsAmong(string column, string parameter) => $"{column} IN (SELECT value FROM json_each({parameter}))";

    public override string Contains(string column, string parameter) => $"instr({column}, {parameter}) > 0";

    private static void EmptyLog(SqlSession writer) => writer.Run("PRAGMA wal_checkpoint(TRUNCATE)");
}
