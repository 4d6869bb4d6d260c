using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace ProgressHub.Core.Sqlite;

/// <summary>
/// A database that was not closed as it should be, as its log tells that still holds something, is looked over before it is
/// used. Made before the database is opened, which empties that log.
/// </summary>
/// <param name="path">The database file.</param>
/// <param name="acceptDataLoss">Whether to go on with what can be read of a damaged one.</param>
/// <param name="logger">Told of what is found where it goes on.</param>
internal sealed partial class UncleanStop(string path, bool acceptDataLoss, ILogger logger)
{
    // Read in a second or two; for a larger one the start does not wait.
    private const long MostToVerify = 1L << 30;

    private bool _isDue = WasLeft(path);

    /// <summary>Whether a database was not closed: something is in its log.</summary>
    public static bool WasLeft(string path) => new FileInfo($"{path}-wal") is { Exists: true, Length: > 0 };

    /// <summary>Looks it over, once.</summary>
    /// <exception cref="InvalidOperationException">It is damaged, and the loss is not accepted.</exception>
    public void Verify(DbConnection connection)
    {
        if (!_isDue)
            return;
        var length = new FileInfo(path).Length;
        if (length > MostToVerify)
            LogNotVerified(path, length);
        else if (QuickCheck.Of(connection) is { Count: > 0 } findings)
            Refuse($"The database {path} is damaged: {string.Join(' ', findings)}");
        _isDue = false;
    }

    private void Refuse(string told)
    {
        if (!acceptDataLoss)
        {
            throw new InvalidOperationException(
                $"{told} Restore a backup; or start with --accept-data-loss (Storage:AcceptDataLoss=true) to go on with what can be read.");
        }

        LogGoesOn(told);
    }

    [LoggerMessage(LogLevel.Warning, "The database {File} was not closed; with {Bytes} bytes it is too large to be looked at now. Check a backup of it when you can.")]
    private partial void LogNotVerified(string file, long bytes);

    [LoggerMessage(LogLevel.Critical, "Going on with what can be read, as told: {Findings}")]
    private partial void LogGoesOn(string findings);
}
