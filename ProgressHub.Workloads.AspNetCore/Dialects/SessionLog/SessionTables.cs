using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Uploads;
using ProgressHub.Workloads.Analysis.Sessions;
using ProgressHub.Workloads.AspNetCore.Analysis;

namespace ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;

/// <summary>Opens the table that a session asks: a sample, an uploaded file, or the one it has been over so far.</summary>
internal sealed class SessionTables(
    SessionHistory history, AnalysisSessions sessions, ChosenSessions chosen, UploadService uploads, IOptions<SessionLogOptions> options)
{
    /// <summary>The session of that name, made where there is none yet.</summary>
    /// <exception cref="RefusedException">It is over another table, or two tables are named.</exception>
    public async Task<AnalysisSession> OpenAsync(string owner, string name, SessionAsk ask, CancellationToken aborted)
    {
        if (ask.Sample is not null && ask.File is not null)
            throw new RefusedException(StatusCodes.Status422UnprocessableEntity, "invalid_input", "A session is over one of 'sample' and 'file'.", "sample");
        var session = (await history.FindAsync(owner, name, aborted)).Session ?? await MakeAsync(owner, name, ask, aborted);
        return (ask.Sample is null || session.Sample == ask.Sample) && (ask.File is null || session.File == ask.File)
            ? session
            : throw new RefusedException(
                StatusCodes.Status409Conflict, "session_has_other_table",
                "The session is over another table already; choose another session_id.", ask.Sample is null ? "file" : "sample");
    }

    private async Task<AnalysisSession> MakeAsync(string owner, string name, SessionAsk ask, CancellationToken aborted)
    {
        if (ask.File is not { } upload)
            return await chosen.OpenAsync(owner, name, ask.Sample ?? options.Value.DefaultSample, aborted);
        var (file, fileName) = await TableUploads.OpenAsync(upload, owner, uploads, sessions.MaxTableBytes, aborted);
        await using (file)
            return await chosen.OpenAsync(owner, name, upload, file, fileName, aborted);
    }
}
