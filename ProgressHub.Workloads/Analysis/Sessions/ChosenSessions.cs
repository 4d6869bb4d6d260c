using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Samples;

namespace ProgressHub.Workloads.Analysis.Sessions;

/// <summary>
/// Sessions by an id that their client chose: it may watch one before there is one, so the identity of the session follows
/// from who asks and what was chosen, and is known from the first moment on. The same id chosen by somebody else is another
/// session (I9). An id of a session that the server made means that session.
/// </summary>
public sealed class ChosenSessions
{
    /// <summary>How long a chosen id may be.</summary>
    public const int MaxId = 64;

    private readonly AnalysisSessions _sessions;
    private readonly TableStore _tables;

    internal ChosenSessions(AnalysisSessions sessions, TableStore tables) => (_sessions, _tables) = (sessions, tables);

    /// <summary>Whether an id may be chosen: 1 to 64 visible characters that can stand in an address.</summary>
    public static bool IsValid(string chosen) =>
        chosen.Length is > 0 and <= MaxId && chosen is not ("." or "..")
        && !chosen.Any(c => c is '/' or '\\' || char.IsControl(c) || char.IsWhiteSpace(c)
            || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);

    /// <summary>The identity of the session that is meant, whether it is there or not.</summary>
    public async Task<string> IdOfAsync(string owner, string chosen, CancellationToken cancellationToken) =>
        await _sessions.FindRowAsync(owner, chosen, cancellationToken) is { } made ? made.Id : IdOf(owner, chosen);

    /// <summary>The session over a sample, made where there is none of that id; it may be over another table if there is.</summary>
    /// <exception cref="WorkloadException"><c>unknown_sample</c>, <c>invalid_input</c> or <c>too_many_sessions</c>.</exception>
    public async Task<AnalysisSession> OpenAsync(string owner, string chosen, string sample, CancellationToken cancellationToken)
    {
        var table = AnalysisSamples.Find(sample) ?? throw AnalysisInput.UnknownSample();
        var row = _sessions.NewRow(owner, chosen, table.Hash, $"{table.Id}.csv", table.Id);
        return await AddAsync(row, owner, chosen, null, cancellationToken);
    }

    /// <summary>The session over a file, made where there is none of that id; it may be over another table if there is.</summary>
    /// <param name="owner">Whose it is.</param>
    /// <param name="chosen">What its client calls it.</param>
    /// <param name="upload">The id of the file's upload.</param>
    /// <param name="file">The file, from its beginning; it is copied, and may go afterwards.</param>
    /// <param name="fileName">What the file is called.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="WorkloadException"><c>table_too_large</c>, <c>invalid_input</c>, <c>quota_storage</c> or <c>too_many_sessions</c>.</exception>
    public async Task<AnalysisSession> OpenAsync(
        string owner, string chosen, string upload, Stream file, string fileName, CancellationToken cancellationToken)
    {
        if (await _sessions.FindRowAsync(owner, IdOf(owner, chosen), cancellationToken) is null)
            await _sessions.RequireRoomAsync(owner, file, cancellationToken);
        var data = await _tables.KeepAsync(file, fileName, null, cancellationToken);
        var row = _sessions.NewRow(owner, chosen, data, fileName, null);
        return await AddAsync(row, owner, chosen, upload, cancellationToken);
    }

    /// <summary>Clears what is shown of a session's log up to an event; the jobs keep all of it.</summary>
    public Task ClearAsync(string owner, string id, ClearedLog upTo, CancellationToken cancellationToken) =>
        _sessions.ClearAsync(owner, id, upTo, cancellationToken);

    private Task<AnalysisSession> AddAsync(
        SessionRow row, string owner, string chosen, string? upload, CancellationToken cancellationToken) =>
        _sessions.AddAsync(row with { Id = IdOf(owner, chosen), Chosen = chosen, File = upload }, cancellationToken);

    // 128 bits of SHA-256, as an id of ours has; the lengths keep two pairs from running into each other.
    private static string IdOf(string owner, string chosen) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"session {owner.Length} {owner} {chosen}"))))[..32];
}
