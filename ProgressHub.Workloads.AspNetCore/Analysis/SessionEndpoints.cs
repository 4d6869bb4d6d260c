using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Analysis;
using ProgressHub.Workloads.Analysis.Samples;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Workloads.AspNetCore.Analysis;

/// <summary>Conversations over tables; a question is a job of kind <c>analysis</c> that names its session.</summary>
internal static class SessionEndpoints
{
    private static readonly ApiTag Tag = new("Analysis", "Sessions of questions over a table.");
    private const string Path = "/api/sessions";
    private const int MaxQuestions = 200;

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup(Path)
            .WithTag(Tag)
            .RequireAuthorization()
            .WithMetadata(NeedsScope.Documents)
            .WithMetadata(new BodyLimit(routes.ServiceProvider.GetRequiredService<IOptions<LimitOptions>>()));
        sessions.MapPost("", CreateAsync)
            .RequireRateLimiting(SubmissionLimiter.Policy)
            .Accepts<SessionRequest>("application/json")
            .Produces<SessionView>(StatusCodes.Status201Created)
            .Describe(
                "createSession", "Begins a session over a table",
                "Over a `sample`, or over a `file`: an upload that is whole, CSV, TSV, .xlsx or Parquet of up to 100 MB. It is copied and " +
                "read before the answer, so that what is no table is refused here; `reading` says how, where what is found out would be wrong. Ask with `POST /api/jobs`: `{\"kind\": \"analysis\", \"input\": {\"session\": id, \"question\": …}}`.")
            .Problems(400, 404, 409, 413, 415, 422, 429, 503);
        sessions.MapGet("", ListAsync)
            .Produces<SessionList>()
            .Describe("listSessions", "Lists sessions, the one used last first", "All of the caller's.");
        sessions.MapGet("/{id}", GetAsync)
            .Produces<SessionView>()
            .Describe(
                "getSession", "A session with its questions",
                "The questions are jobs, the newest last, up to 200; `links.questions` lists all of them in pages.")
            .Problems(404);
        sessions.MapDelete("/{id}", DeleteAsync)
            .Produces(StatusCodes.Status204NoContent)
            .Describe("deleteSession", "Deletes a session", "With the answers remembered for it; its jobs stay.")
            .Problems(404);
        sessions.MapReadings();
        routes.MapGroup("/api/tables")
            .WithTag(Tag)
            .RequireAuthorization()
            .WithMetadata(NeedsScope.Documents)
            .WithMetadata(new BodyLimit(routes.ServiceProvider.GetRequiredService<IOptions<LimitOptions>>()))
            .MapPreview();
        routes.MapGet("/api/analysis/samples", ListSamples)
            .WithTag(Tag).RequireAuthorization().WithMetadata(NeedsScope.Documents)
            .Produces<SampleList>()
            .Describe("listSamples", "The tables that come with the server", "With questions to try on each.");
    }

    private static async Task<Created<SessionView>> CreateAsync(
        HttpRequest request, ClaimsPrincipal user, AnalysisSessions sessions, TableReadings readings, UploadService uploads, CancellationToken aborted)
    {
        var wanted = await JsonBody.ReadAsync(request, SessionJson.Default.SessionRequest, aborted);
        var session = (wanted.Sample, wanted.File) switch
        {
            ({ } sample, null) => await OfSampleAsync(wanted, user.Owner(), sample, sessions, readings, aborted),
            (null, not null) => await OfFileAsync(wanted, user.Owner(), sessions, uploads, aborted),
            _ => throw new WorkloadException("invalid_input", "A session is over one of 'sample' and 'file'.") { Property = "sample" },
        };
        return TypedResults.Created($"{Path}/{session.Id}", View(session));
    }

    private static async Task<AnalysisSession> OfFileAsync(
        SessionRequest wanted, string owner, AnalysisSessions sessions, UploadService uploads, CancellationToken aborted)
    {
        var reading = ReadingInput.Checked(wanted.Reading);
        var (content, fileName) = await TableUploads.OpenAsync(wanted.File!, owner, uploads, sessions.MaxTableBytes, aborted);
        await using (content)
            return await sessions.CreateReadAsync(owner, wanted.Name, content, fileName, static (_, _) => { }, reading, aborted);
    }

    private static async Task<AnalysisSession> OfSampleAsync(
        SessionRequest wanted, string owner, string sample, AnalysisSessions sessions, TableReadings readings, CancellationToken aborted)
    {
        var session = await sessions.CreateAsync(owner, wanted.Name, sample, aborted);
        if (wanted.Reading is not null)
            await readings.ChangeAsync(owner, session.Id, wanted.Reading, static (_, _) => { }, aborted);
        else
            await readings.FindAsync(owner, session.Id, aborted);
        return await sessions.FindAsync(owner, session.Id, aborted) ?? session;
    }

    private static async Task<SessionList> ListAsync(ClaimsPrincipal user, AnalysisSessions sessions, CancellationToken aborted) =>
        new([.. (await sessions.ListAsync(user.Owner(), aborted)).Select(s => View(s))]);

    private static async Task<Results<Ok<SessionView>, ProblemResult>> GetAsync(
        string id, ClaimsPrincipal user, AnalysisSessions sessions, JobService jobs, SnapshotViews views, CancellationToken aborted)
    {
        if (await sessions.FindAsync(user.Owner(), id, aborted) is not { } session)
            return Absent();
        var page = await jobs.ListAsync(
            new JobQuery { Owner = user.Owner(), Kind = "analysis", Tag = session.Tag, Limit = MaxQuestions }, aborted);
        var now = views.Now;
        var questions = page.Items.Reverse()
            .Select(job => JsonText.Read(SnapshotJson.Serialize(views.Of(job, now)), HttpJson.Default.JsonElement)).ToList();
        return TypedResults.Ok(View(session) with { Questions = questions });
    }

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(
        string id, ClaimsPrincipal user, AnalysisSessions sessions, CancellationToken aborted) =>
        await sessions.DeleteAsync(user.Owner(), id, aborted) ? TypedResults.NoContent() : Absent();

    private static SampleList ListSamples() => new(AnalysisSamples.All);

    private static SessionView View(AnalysisSession session) => new(
        session.Id, session.Name, session.Sample, session.DataName, session.Data, session.Warnings, session.Suggestions, session.Choices,
        session.CreatedAt, session.UsedAt, new SessionLinks($"{Path}/{session.Id}", $"/api/jobs?kind=analysis&tag={session.Tag}"))
    {
        Reading = session.Reading,
    };

    public static ProblemResult Absent() => new(Problem.Of(StatusCodes.Status404NotFound, "session_not_found", "There is no such session."));
}
