using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Results;
using ProgressHub.Workloads.Analysis.Samples;
using ProgressHub.Workloads.Analysis.Sandbox;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Sessions;

/// <summary>
/// How files are read: shown, and corrected by reading them again. A preview reads all of a file, since the last of its cells
/// may decide what a column is; a session that is made over it in the same reading finds it read.
/// </summary>
internal sealed class TableReadings(AnalysisSessions sessions, TableStore tables, ITableQueries queries)
{
    private static readonly Action<double, long> Unheard = static (_, _) => { };

    /// <summary>Reads a file as a session over it would; no session is made.</summary>
    /// <param name="file">The file, from its beginning; it is copied, and may go afterwards.</param>
    /// <param name="fileName">What it is called.</param>
    /// <param name="reading">How it is to be read; null where that is found out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="WorkloadException">
    /// <c>table_too_large</c>, <c>not_a_table</c>, <c>invalid_csv</c>, <c>empty_table</c>, <c>too_many_columns</c> or <c>invalid_reading</c>.
    /// </exception>
    public async Task<TablePreview> OfFileAsync(Stream file, string fileName, TableReading? reading, CancellationToken cancellationToken)
    {
        var wanted = ReadingInput.Checked(reading);
        var id = await tables.KeepAsync(file, fileName, wanted, cancellationToken);
        try
        {
            return await ShowAsync(id, fileName, Unheard, cancellationToken);
        }
        catch (WorkloadException refusal) when (!refusal.IsTransient)
        {
            await tables.ForgetUnreadAsync(id);
            throw;
        }
    }

    /// <summary>The same for a table that comes with the server.</summary>
    /// <exception cref="WorkloadException"><c>unknown_sample</c> or <c>invalid_reading</c>.</exception>
    public async Task<TablePreview> OfSampleAsync(string sample, TableReading? reading, CancellationToken cancellationToken)
    {
        var table = AnalysisSamples.Find(sample) ?? throw AnalysisInput.UnknownSample();
        var id = await tables.IdOfAsync(table.Hash, ReadingInput.Checked(reading), cancellationToken);
        return await ShowAsync(id, $"{table.Id}.csv", Unheard, cancellationToken);
    }

    /// <summary>How a session's file was read; it is read now where nothing had it read. Null where the owner has no such session.</summary>
    /// <exception cref="WorkloadException"><c>data_gone</c>, or what is wrong with the file.</exception>
    public async Task<TablePreview?> FindAsync(string owner, string session, CancellationToken cancellationToken) =>
        await sessions.FindRowAsync(owner, session, cancellationToken) is { } row
            ? await ShowAsync(row.DataId, row.DataName, Unheard, cancellationToken)
            : null;

    /// <summary>
    /// Reads a session's file again. Answers that the session remembers, and what was chosen for unclear words, are of the table
    /// as it was, and go. Where the file can't be read so, all stays as it is. Null where the owner has no such session.
    /// </summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="session">Its id.</param>
    /// <param name="reading">How to read; what is missing in it is found out. Null to find out all.</param>
    /// <param name="progress">Hears the share that is read, 0..1, and how many rows that is; on any thread.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="WorkloadException"><c>invalid_reading</c>, <c>data_gone</c>, or what is wrong with the file.</exception>
    public async Task<TablePreview?> ChangeAsync(
        string owner, string session, TableReading? reading, Action<double, long> progress, CancellationToken cancellationToken)
    {
        var wanted = ReadingInput.Checked(reading);
        if (await sessions.FindRowAsync(owner, session, cancellationToken) is not { } row)
            return null;
        var id = await tables.IdOfAsync(TableId.ContentOf(row.DataId), wanted, cancellationToken);
        var preview = await ShowAsync(id, row.DataName, progress, cancellationToken);
        if (id != row.DataId)
            await sessions.ChangeTableAsync(owner, session, id, cancellationToken);
        return preview;
    }

    private async Task<TablePreview> ShowAsync(string id, string name, Action<double, long> progress, CancellationToken cancellationToken)
    {
        var table = await tables.OpenAsync(id, name, null, at => progress(at.Share, at.Rows), cancellationToken);
        var first = await queries.RunAsync(id, $"SELECT * FROM {TableProfile.Table} LIMIT {TablePreview.MaxRows}", cancellationToken);
        return new TablePreview(
            name, table.Rows, [.. table.Columns.Select(c => new ResultColumn(c.Name, c.Type))], RowsJson.Write(first),
            table.Reading, await tables.FindWantedAsync(id, cancellationToken));
    }
}
