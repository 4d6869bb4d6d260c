using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Planning;
using ProgressHub.Workloads.Analysis.Results;
using ProgressHub.Workloads.Analysis.Samples;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Sessions;

/// <summary>
/// Conversations over tables. Every method takes the owner who asks; a session of anybody else does not exist for them (I9).
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore is only ever awaited; it holds no handle.")]
public sealed class AnalysisSessions
{
    /// <summary>How long a name may be.</summary>
    public const int MaxName = 200;

    private const string Columns =
        "id AS Id, owner AS Owner, name AS Name, data_id AS DataId, data_name AS DataName, sample AS Sample, choices AS Choices, created_at AS CreatedAt, used_at AS UsedAt, chosen AS Chosen, file AS File, cleared_job AS ClearedJob, cleared_seq AS ClearedSeq, cleared_at AS ClearedAt";

    // A page may choose a new id at each visit, and would be refused for ever once there are too many.
    private const string MakeRoom =
        """
        DELETE FROM sessions WHERE id = (
          SELECT id FROM sessions WHERE owner = @Owner AND chosen IS NOT NULL ORDER BY used_at, id LIMIT 1)
        AND (SELECT count(*) FROM sessions WHERE owner = @Owner) >= @most
        AND NOT EXISTS (SELECT 1 FROM sessions WHERE id = @Id)
        """;

    // Reading a table takes memory for a moment; others wait their turn.
    private readonly SemaphoreSlim _reading = new(2, 2);
    private readonly AnalysisDatabase _database;
    private readonly TableStore _tables;
    private readonly AnalysisOptions _options;
    private readonly TimeProvider _time;
    private readonly IStorageAllowance? _allowance;

    internal AnalysisSessions(
        AnalysisDatabase database, TableStore tables, IOptions<AnalysisOptions> options, TimeProvider time, IStorageAllowance? allowance = null) =>
        (_database, _tables, _options, _time, _allowance) = (database, tables, options.Value, time, allowance);

    /// <summary>The largest table, in bytes.</summary>
    public long MaxTableBytes => _options.MaxTableBytes;

    /// <summary>Makes a session over a sample.</summary>
    /// <exception cref="WorkloadException"><c>unknown_sample</c>, <c>invalid_input</c> or <c>too_many_sessions</c>.</exception>
    public Task<AnalysisSession> CreateAsync(string owner, string? name, string sample, CancellationToken cancellationToken)
    {
        var table = AnalysisSamples.Find(sample) ?? throw AnalysisInput.UnknownSample();
        return AddAsync(NewRow(owner, name ?? table.Label, table.Hash, $"{table.Id}.csv", table.Id), cancellationToken);
    }

    /// <summary>Makes a session over a file; it is copied, and may go afterwards.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="name">What to call it; the file's name where it is missing.</param>
    /// <param name="file">The file, from its beginning.</param>
    /// <param name="fileName">What the file is called.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="WorkloadException"><c>table_too_large</c>, <c>invalid_input</c>, <c>quota_storage</c> or <c>too_many_sessions</c>.</exception>
    public Task<AnalysisSession> CreateAsync(
        string owner, string? name, Stream file, string fileName, CancellationToken cancellationToken) =>
        CreateAsync(owner, name, file, fileName, null, cancellationToken);

    /// <summary>The same, read as somebody wants it.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="name">What to call it; the file's name where it is missing.</param>
    /// <param name="file">The file, from its beginning.</param>
    /// <param name="fileName">What the file is called.</param>
    /// <param name="reading">How the file is to be read; null where that is found out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="WorkloadException"><c>table_too_large</c>, <c>invalid_input</c>, <c>quota_storage</c> or <c>too_many_sessions</c>.</exception>
    public async Task<AnalysisSession> CreateAsync(
        string owner, string? name, Stream file, string fileName, TableReading? reading, CancellationToken cancellationToken)
    {
        RequireName(name ??= fileName);
        await RequireRoomAsync(owner, file, cancellationToken);
        var id = await _tables.KeepAsync(file, fileName, reading, cancellationToken);
        return await AddAsync(NewRow(owner, name, id, fileName, null), cancellationToken);
    }

    /// <summary>
    /// Makes a session over a file that is read before this returns, so that what is no table is refused here and not by the
    /// first question.
    /// </summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="name">What to call it; the file's name where it is missing.</param>
    /// <param name="file">The file, from its beginning.</param>
    /// <param name="fileName">What the file is called.</param>
    /// <param name="progress">Hears the share that is read, 0..1, and how many rows that is; on any thread.</param>
    /// <param name="reading">How the file is to be read; null where that is found out.</param>
    /// <param name="cancellationToken">Ends it; nothing is made then.</param>
    /// <exception cref="WorkloadException">
    /// As of a session over a file, and <c>not_a_table</c>, <c>invalid_csv</c>, <c>empty_table</c>, <c>too_many_columns</c> or
    /// <c>invalid_reading</c>.
    /// </exception>
    public async Task<AnalysisSession> CreateReadAsync(
        string owner, string? name, Stream file, string fileName, Action<double, long> progress, TableReading? reading, CancellationToken cancellationToken)
    {
        RequireName(name ??= fileName);
        await RequireRoomAsync(owner, file, cancellationToken);
        await _reading.WaitAsync(cancellationToken);
        try
        {
            var id = await _tables.KeepAsync(file, fileName, reading, cancellationToken);
            try
            {
                await _tables.OpenAsync(id, fileName, null, at => progress(at.Share, at.Rows), cancellationToken);
            }
            catch (WorkloadException refusal) when (!refusal.IsTransient)
            {
                await _tables.ForgetUnreadAsync(id);
                throw;
            }

            return await AddAsync(NewRow(owner, name, id, fileName, null), cancellationToken);
        }
        finally
        {
            _reading.Release();
        }
    }

    /// <summary>The owner's sessions, the one used last first.</summary>
    public async Task<IReadOnlyList<AnalysisSession>> ListAsync(string owner, CancellationToken cancellationToken)
    {
        var rows = await _database.ReadAsync(
            c => c.Query<SessionRow>($"SELECT {Columns} FROM sessions WHERE owner = @owner ORDER BY used_at DESC, id", new { owner }).ToList(),
            cancellationToken);
        List<AnalysisSession> sessions = [];
        foreach (var row in rows)
            sessions.Add(await ViewAsync(row, cancellationToken));
        return sessions;
    }

    /// <summary>A session; null where the owner has no such one.</summary>
    public async Task<AnalysisSession?> FindAsync(string owner, string id, CancellationToken cancellationToken) =>
        await FindRowAsync(owner, id, cancellationToken) is { } row
            ? await ViewAsync(row, cancellationToken)
            : null;

    /// <summary>Removes a session and the answers remembered for it; its jobs stay. False where the owner has no such one.</summary>
    public Task<bool> DeleteAsync(string owner, string id, CancellationToken cancellationToken) => _database.RunAsync(
        c =>
        {
            if (c.Execute("DELETE FROM sessions WHERE id = @id AND owner = @owner", new { id, owner }) == 0)
                return false;
            c.Execute("DELETE FROM answers WHERE session_id = @id", new { id });
            return true;
        },
        cancellationToken);

    /// <summary>Calls a session otherwise; false where the owner has no such one.</summary>
    /// <exception cref="WorkloadException"><c>invalid_input</c>: the name is empty, too long, or not one line.</exception>
    public Task<bool> RenameAsync(string owner, string id, string name, CancellationToken cancellationToken)
    {
        RequireName(name);
        return _database.RunAsync(
            c => c.Execute("UPDATE sessions SET name = @name WHERE id = @id AND owner = @owner", new { id, owner, name = name.Trim() }) > 0,
            cancellationToken);
    }

    /// <summary>A session as it is kept.</summary>
    internal Task<SessionRow?> FindRowAsync(string owner, string id, CancellationToken cancellationToken) => _database.ReadAsync(
        c => c.QuerySingleOrDefault<SessionRow?>($"SELECT {Columns} FROM sessions WHERE id = @id AND owner = @owner", new { id, owner }),
        cancellationToken);

    /// <summary>Remembers that a session was asked something.</summary>
    internal Task TouchAsync(string id, CancellationToken cancellationToken) => _database.RunAsync(
        c => c.Execute("UPDATE sessions SET used_at = CASE WHEN @now > created_at THEN @now ELSE created_at + 1 END WHERE id = @id", new { id, now = Now() }), cancellationToken);

    /// <summary>Remembers what the user meant by a term.</summary>
    internal Task ChooseAsync(string id, string term, string column, CancellationToken cancellationToken) => _database.RunAsync(
        c =>
        {
            if (c.QuerySingleOrDefault<string>("SELECT choices FROM sessions WHERE id = @id", new { id }) is not { } kept)
                return 0;
            var choices = ReadChoices(kept);
            choices[term] = column;
            return c.Execute(
                "UPDATE sessions SET choices = @choices WHERE id = @id",
                new { id, choices = JsonSerializer.Serialize(choices, AnalysisJson.Default.DictionaryStringString) });
        },
        cancellationToken);

    internal static Dictionary<string, string> ReadChoices(string json) =>
        JsonSerializer.Deserialize(json, AnalysisJson.Default.DictionaryStringString) ?? [];

    /// <summary>Refuses a file for whose copy its owner has no room. What is read of it may pass the bound by as much as that takes.</summary>
    /// <exception cref="WorkloadException"><c>quota_storage</c>.</exception>
    internal ValueTask RequireRoomAsync(string owner, Stream file, CancellationToken cancellationToken) => _allowance is null
        ? ValueTask.CompletedTask
        : _allowance.RequireRoomAsync(owner, file.CanSeek ? file.Length : 0, cancellationToken);

    /// <summary>A row to add, of a new id.</summary>
    internal SessionRow NewRow(string owner, string name, string dataId, string dataName, string? sample)
    {
        RequireName(name);
        return new SessionRow(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), owner, name.Trim(), dataId, dataName, sample, "{}", Now(), Now(),
            null, null, null, 0, 0);
    }

    /// <summary>Adds a row; where there is one of its id, that one is returned.</summary>
    /// <exception cref="WorkloadException"><c>too_many_sessions</c>.</exception>
    internal async Task<AnalysisSession> AddAsync(SessionRow row, CancellationToken cancellationToken)
    {
        var added = await _database.AddAsync(
            c =>
            {
                if (row.Chosen is not null)
                    c.Execute(MakeRoom, new { row.Id, row.Owner, most = _options.MaxSessions });
                c.Execute(
                    """
                    INSERT INTO sessions (id, owner, name, data_id, data_name, sample, choices, created_at, used_at, chosen, file)
                    SELECT @Id, @Owner, @Name, @DataId, @DataName, @Sample, @Choices, @CreatedAt, @UsedAt, @Chosen, @File
                    WHERE (SELECT count(*) FROM sessions WHERE owner = @Owner) < @most
                    ON CONFLICT (id) DO NOTHING
                    """,
                    new { row.Id, row.Owner, row.Name, row.DataId, row.DataName, row.Sample, row.Choices, row.CreatedAt, row.UsedAt, row.Chosen, row.File, most = _options.MaxSessions });
                return c.QuerySingleOrDefault<SessionRow?>($"SELECT {Columns} FROM sessions WHERE id = @Id AND owner = @Owner", new { row.Id, row.Owner });
            },
            cancellationToken);
        return added is not null
            ? await ViewAsync(added, cancellationToken)
            : throw new WorkloadException("too_many_sessions", string.Create(
                CultureInfo.InvariantCulture, $"You have {_options.MaxSessions} sessions, which is as many as the server allows; delete one."));
    }

    /// <summary>Has a session be about its file as it is read otherwise; what it remembers is of the table before.</summary>
    internal Task ChangeTableAsync(string owner, string id, string dataId, CancellationToken cancellationToken) => _database.RunAsync(
        c => c.Execute("UPDATE sessions SET data_id = @dataId, choices = '{}' WHERE id = @id AND owner = @owner", new { id, owner, dataId }) == 0
            ? 0
            : c.Execute("DELETE FROM answers WHERE session_id = @id", new { id }),
        cancellationToken);

    /// <summary>Remembers up to where a session's log is cleared.</summary>
    internal Task ClearAsync(string owner, string id, ClearedLog upTo, CancellationToken cancellationToken) => _database.RunAsync(
        c => c.Execute(
            "UPDATE sessions SET cleared_job = @JobId, cleared_seq = @Seq, cleared_at = @at WHERE id = @id AND owner = @owner",
            new { id, owner, upTo.JobId, upTo.Seq, at = upTo.At.ToUnixTimeMilliseconds() }),
        cancellationToken);

    private async Task<AnalysisSession> ViewAsync(SessionRow row, CancellationToken cancellationToken)
    {
        var table = await _tables.FindAsync(row.DataId, cancellationToken);
        return new AnalysisSession(
            row.Id, row.Name, row.Sample, row.DataName, row.DataId, table is null ? null : DataView.Of(table), table?.Warnings ?? [],
            row.Sample is not null ? AnalysisSamples.Find(row.Sample)?.Questions ?? [] : table is null ? [] : PlannerHelp.Examples(table),
            ReadChoices(row.Choices), Moment(row.CreatedAt), Moment(row.UsedAt))
        {
            Chosen = row.Chosen,
            File = row.File,
            Reading = table?.Reading,
            Cleared = row.ClearedJob is { } job ? new ClearedLog(job, row.ClearedSeq, Moment(row.ClearedAt)) : null,
        };
    }

    private static void RequireName(string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > MaxName || name.Any(c => char.IsControl(c) || TextDirection.IsControl(c)))
            throw new WorkloadException("invalid_input", $"'name' has 1 to {MaxName} characters.") { Property = "name" };
    }

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private static DateTimeOffset Moment(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
