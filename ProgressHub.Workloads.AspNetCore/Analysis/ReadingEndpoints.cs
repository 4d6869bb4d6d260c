using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Workloads.AspNetCore.Analysis;

/// <summary>How files are read as tables: shown with their first rows, and corrected.</summary>
internal static class ReadingEndpoints
{
    private static readonly Action<double, long> Unheard = static (_, _) => { };

    /// <summary>Maps the reading of a session.</summary>
    public static void MapReadings(this RouteGroupBuilder sessions)
    {
        sessions.MapGet("/{id}/reading", GetAsync)
            .Produces<PreviewView>()
            .Describe(
                "getSessionReading", "How a session's file was read, with its first 20 rows",
                "`reading` is what was decided, `wanted` what of it somebody said; to correct it, send `wanted` with changes.")
            .Problems(404, 422, 503);
        sessions.MapPut("/{id}/reading", ChangeAsync)
            .RequireRateLimiting(SubmissionLimiter.Policy)
            .Accepts<Workloads.Analysis.Tables.TableReading>("application/json")
            .Produces<PreviewView>()
            .Describe(
                "changeSessionReading", "Reads a session's file again in another way",
                "The body is a `reading`; what it leaves out is found out, and `{}` finds out all. Answers and choices that the session remembers are dropped. " +
                "Where the file can't be read so, nothing changes.")
            .Problems(400, 404, 415, 422, 429, 503);
    }

    /// <summary>Maps the preview of files that have no session yet.</summary>
    public static void MapPreview(this RouteGroupBuilder tables) => tables.MapPost("/preview", PreviewAsync)
        .RequireRateLimiting(SubmissionLimiter.Policy)
        .Accepts<PreviewRequest>("application/json")
        .Produces<PreviewView>()
        .Describe(
            "previewTable", "How a file would be read, with its first 20 rows",
            "Of a `sample`, or of a `file`: an upload that is whole. All of it is read, since the last cell may decide; a session over it in the same `reading` opens at once.")
        .Problems(400, 409, 413, 415, 422, 429, 503);

    private static async Task<Results<Ok<PreviewView>, ProblemResult>> GetAsync(
        string id, ClaimsPrincipal user, TableReadings readings, CancellationToken aborted) =>
        await readings.FindAsync(user.Owner(), id, aborted) is { } preview ? TypedResults.Ok(View(preview)) : SessionEndpoints.Absent();

    private static async Task<Results<Ok<PreviewView>, ProblemResult>> ChangeAsync(
        string id, HttpRequest request, ClaimsPrincipal user, TableReadings readings, CancellationToken aborted)
    {
        var wanted = await JsonBody.ReadAsync(request, SessionJson.Default.TableReading, aborted);
        return await readings.ChangeAsync(user.Owner(), id, wanted, Unheard, aborted) is { } preview
            ? TypedResults.Ok(View(preview))
            : SessionEndpoints.Absent();
    }

    private static async Task<Ok<PreviewView>> PreviewAsync(
        HttpRequest request, ClaimsPrincipal user, TableReadings readings, AnalysisSessions sessions, UploadService uploads, CancellationToken aborted)
    {
        var wanted = await JsonBody.ReadAsync(request, SessionJson.Default.PreviewRequest, aborted);
        return TypedResults.Ok(View((wanted.Sample, wanted.File) switch
        {
            ({ } sample, null) => await readings.OfSampleAsync(sample, wanted.Reading, aborted),
            (null, { } file) => await OfFileAsync(file, wanted, user.Owner(), readings, sessions, uploads, aborted),
            _ => throw new WorkloadException("invalid_input", "A preview is of one of 'sample' and 'file'.") { Property = "file" },
        }));
    }

    private static async Task<TablePreview> OfFileAsync(
        string file, PreviewRequest wanted, string owner, TableReadings readings, AnalysisSessions sessions, UploadService uploads, CancellationToken aborted)
    {
        var (content, name) = await TableUploads.OpenAsync(file, owner, uploads, sessions.MaxTableBytes, aborted);
        await using (content)
            return await readings.OfFileAsync(content, name, wanted.Reading, aborted);
    }

    private static PreviewView View(TablePreview preview) =>
        new(preview.Name, preview.Rows, preview.Columns, preview.First, preview.Reading, preview.Wanted);
}
