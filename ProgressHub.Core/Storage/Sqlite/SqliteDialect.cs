using System.Data.Common;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Core.Storage.Sqlite;

/// <summary>The embedded database: one file, one process.</summary>
internal sealed partial class SqliteDialect : SqlDialect
{
    // Read in a second or two; for a larger one the start does not wait.
    private const long MostToVerify = 1L << 30;

    private readonly string _directory;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly SqliteFile _file;
    private bool _wasCrashed;

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
            _wasCrashed = new FileInfo($"{_file.Path}-wal") is { Exists: true, Length: > 0 };
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

    public override void Verify(SqlSession writer)
    {
        if (!_wasCrashed)
            return;
        var length = new FileInfo(_file.Path).Length;
        if (length > MostToVerify)
        {
            LogNotVerified(_file.Path, length);
            return;
        }

        if (QuickCheck.Of(writer.Connection) is not { Count: > 0 } findings)
            return;
        var told = $"The database {_file.Path} is damaged: {string.Join(' ', findings)}";
        if (!AcceptDataLoss)
        {
            throw new InvalidOperationException(
                $"{told} Restore a backup; or start with --accept-data-loss (Storage:AcceptDataLoss=true) to go on with what can be read.");
        }

        LogGoesOn(told);
    }

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

    public override string Contains(string column, string parameter) => $"instr({column}, {parameter}) > 0";

    [LoggerMessage(LogLevel.Warning, "The database {File} was not closed; with {Bytes} bytes it is too large to be looked at now. Check a backup of it when you can.")]
    private partial void LogNotVerified(string file, long bytes);

    [LoggerMessage(LogLevel.Critical, "Going on with what can be read, as told: {Findings}")]
    private partial void LogGoesOn(string findings);

    private static void EmptyLog(SqlSession writer) => writer.Run("PRAGMA wal_checkpoint(TRUNCATE)");
}
