using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;
using ProgressHub.Core.Workloads.Analysis.Samples;
using ProgressHub.Core.Workloads.Analysis.Sessions;
using ProgressHub.Web.Jobs;
using ProgressHub.Web.OpenApi;
using ProgressHub.Web.Problems;
using ProgressHub.Web.Security;

namespace ProgressHub.Web.Analysis;

/// <summary>Conversations over tables; a question is a job of kind <c>analysis</c> that names its session.</summary>
internal static class SessionEndpoints
{
    private const string Path = "/api/sessions";
    private const int MaxQuestions = 200;

    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup(Path)
            .WithTags("Analysis")
            .RequireAuthorization()
            .WithMetadata(new BodyLimit(routes.ServiceProvider.GetRequiredService<IOptions<LimitOptions>>()));
        sessions.MapPost("", CreateAsync)
            .RequireRateLimiting(SubmissionLimiter.Policy)
            .Accepts<SessionRequest>("application/json")
            .Produces<SessionView>(StatusCodes.Status201Created)
            .Describe(
                "createSession", "Begins a session over a table",
                "Over a `sample`, or over a `file`: an upload that is whole, CSV or TSV of up to 100 MB. The file is copied, and read by " +
                "the first question. Ask with `POST /api/jobs`: `{\"kind\": \"analysis\", \"input\": {\"session\": id, \"question\": …}}`.")
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
        routes.MapGet("/api/analysis/samples", ListSamples)
            .WithTags("Analysis").RequireAuthorization()
            .Produces<SampleList>()
            .Describe("listSamples", "The tables that come with the server", "With questions to try on each.");
    }

    private static async Task<Created<SessionView>> CreateAsync(
        HttpRequest request, ClaimsPrincipal user, AnalysisSessions sessions, UploadService uploads, CancellationToken aborted)
    {
        var wanted = await JsonBody.ReadAsync(request, ApiJson.Default.SessionRequest, aborted);
        var session = (wanted.Sample, wanted.File) switch
        {
            ({ } sample, null) => await sessions.CreateAsync(user.Owner(), wanted.Name, sample, aborted),
            (null, { } file) => await OfFileAsync(wanted.Name, file, user.Owner(), sessions, uploads, aborted),
            _ => throw new WorkloadException("invalid_input", "A session is over one of 'sample' and 'file'.") { Property = "sample" },
        };
        return TypedResults.Created($"{Path}/{session.Id}", View(session));
    }

    private static async Task<AnalysisSession> OfFileAsync(
        string? name, string id, string owner, AnalysisSessions sessions, UploadService uploads, CancellationToken aborted)
    {
        var (content, fileName) = await TableUploads.OpenAsync(id, owner, uploads, sessions.MaxTableBytes, aborted);
        await using (content)
            return await sessions.CreateAsync(owner, name, content, fileName, aborted);
    }

    private static async Task<SessionList> ListAsync(ClaimsPrincipal user, AnalysisSessions sessions, CancellationToken aborted) =>
        new([.. (await sessions.ListAsync(user.Owner(), aborted)).Select(s => View(s))]);

    private static async Task<Results<Ok<SessionView>, ProblemResult>> GetAsync(
        string id, ClaimsPrincipal user, AnalysisSessions sessions, JobService jobs, TimeProvider time, CancellationToken aborted)
    {
        if (await sessions.FindAsync(user.Owner(), id, aborted) is not { } session)
            return Absent();
        var page = await jobs.ListAsync(
            new JobQuery { Owner = user.Owner(), Kind = "analysis", Tag = session.Tag, Limit = MaxQuestions }, aborted);
        var now = time.GetUtcNow();
        var questions = page.Items.Reverse()
            .Select(job => JsonText.Read(EventJson.Serialize(SnapshotView.Present(job, now)), ApiJson.Default.JsonElement)).ToList();
        return TypedResults.Ok(View(session) with { Questions = questions });
    }

    private static async Task<Results<NoContent, ProblemResult>> DeleteAsync(
        string id, ClaimsPrincipal user, AnalysisSessions sessions, CancellationToken aborted) =>
        await sessions.DeleteAsync(user.Owner(), id, aborted) ? TypedResults.NoContent() : Absent();

    private static SampleList ListSamples() => new(AnalysisSamples.All);

    private static SessionView View(AnalysisSession session) => new(
        session.Id, session.Name, session.Sample, session.DataName, session.Data, session.Warnings, session.Suggestions, session.Choices,
        session.CreatedAt, session.UsedAt, new SessionLinks($"{Path}/{session.Id}", $"/api/jobs?kind=analysis&tag={session.Tag}"));

    private static ProblemResult Absent() => new(Problem.Of(StatusCodes.Status404NotFound, "session_not_found", "There is no such session."));
}
