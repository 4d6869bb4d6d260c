using System.Globalization;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Files;
using ProgressHub.Core.Sqlite;

namespace ProgressHub.Core.Storage.Sqlite;

/// <summary>
/// Looks at the write-ahead logs of a data directory before any of them is opened: what is committed there and can't be
/// read any more is never dropped without a word.
/// </summary>
internal sealed partial class DamagedLogs(string directory, ILogger logger)
{
    /// <summary>The folder in which copies of damaged logs are kept.</summary>
    public const string Folder = "damaged";

    // No event is shorter: its row in the log holds its job, its moment and its type besides what it says.
    private const int FewestBytesOfAnEvent = 64;
    private const long LeastJump = 1000;

    /// <summary>Walks all logs; a copy is kept of each that is damaged.</summary>
    /// <param name="main">The log of the jobs, absolute.</param>
    /// <param name="acceptLoss">Whether to go on without what can't be read.</param>
    /// <returns>At least how many numbers of events no job may give again; 0 where the log of the jobs is sound.</returns>
    /// <exception cref="InvalidOperationException">One is damaged, and the loss is not accepted; nothing was changed.</exception>
    public long Examine(string main, bool acceptLoss)
    {
        List<string> findings = [];
        var jump = 0L;
        foreach (var log in Directory.EnumerateFiles(directory, "*.db-wal", SearchOption.AllDirectories).Where(IsLive).Order(StringComparer.Ordinal))
        {
            if (WriteAheadLog.Examine(log) is not { } condition)
                continue;
            if (condition.IsTorn)
                LogTorn(log, condition.FirstBroken);
            if (!condition.IsDamaged)
                continue;

            findings.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"{log} can't be read from frame {condition.FirstBroken} on; {condition.CommitsBehind} or more transactions behind it are on the disk and were acknowledged. A copy is {Keep(log, condition)}."));
            if (log == main)
                jump = Math.Max(LeastJump, condition.Bytes / FewestBytesOfAnEvent);
        }

        if (findings.Count == 0)
            return 0;
        var all = string.Join(' ', findings);
        if (!acceptLoss)
        {
            throw new InvalidOperationException(
                $"The data directory is damaged. {all} Nothing was changed. Restore a backup; or start once with --accept-data-loss " +
                "(Storage:AcceptDataLoss=true) to go on without what was written last.");
        }

        LogAccepted(all);
        return jump;
    }

    private bool IsLive(string log) =>
        !Path.GetRelativePath(directory, log).StartsWith(Folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // Its name tells its contents, so that a start that is tried again keeps no second one.
    private string Keep(string log, LogCondition condition)
    {
        var folder = Path.Combine(directory, Folder);
        PrivateFolder.Make(folder);
        var copy = Path.Combine(folder, string.Create(
            CultureInfo.InvariantCulture,
            $"{Path.GetFileName(log)}-{File.GetLastWriteTimeUtc(log):yyyyMMdd'T'HHmmss'Z'}-{condition.FirstBroken}"));
        if (!File.Exists(copy))
        {
            var draft = copy + ".part";
            File.Copy(log, draft, overwrite: true);
            PrivateFolder.SyncFile(draft);
            File.Move(draft, copy, overwrite: true);
            PrivateFolder.Sync(folder);
        }

        return copy;
    }

    [LoggerMessage(LogLevel.Information, "The last transaction in {Log} was cut off by a crash at frame {Frame}, before anybody was told of it; it is undone.")]
    private partial void LogTorn(string log, long frame);

    [LoggerMessage(LogLevel.Critical, "Going on without what can't be read, as told: {Findings}")]
    private partial void LogAccepted(string findings);
}
