using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Events;
using ProgressHub.Core.Uploads;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>The job endpoints: what they are called, what they take and what they may answer.</summary>
internal static class JobEndpoints
{
    public static void MapJobs(this IEndpointRouteBuilder routes)
    {
        var jobs = routes.MapGroup("/api/jobs")
            .WithTag(ApiTag.Jobs)
            .RequireAuthorization()
            .WithMetadata(new BodyLimit(routes.ServiceProvider.GetRequiredService<IOptions<LimitOptions>>()));
        MapCollection(jobs);
        MapReading(jobs.MapGroup("/{id}").WithMetadata(TakesVisitor.Instance));
        MapCommands(jobs.MapGroup("/{id}"));
    }

    private static void MapCollection(RouteGroupBuilder jobs)
    {
        jobs.MapPost("", SubmitEndpoint.SubmitAsync)
            .RequireRateLimiting(SubmissionLimiter.Policy)
            .Accepts<JobSubmission>("application/json", "multipart/form-data")
            .Produces<JobSnapshot>(StatusCodes.Status202Accepted)
            .DescribeSubmission()
            .Describe(
                "submitJob", "Submits a job",
                "Once this is answered the job is on disk and will be run. With an `Idempotency-Key` (1 to 255 visible " +
                "ASCII characters) the request may be repeated safely: the same key and body give the same job, another " +
                "body 409. A form takes `kind`, `input` and `webhook` (JSON), `title`, `tags` and a text `file`, which " +
                "becomes `input.text`. A `webhook` is told of the events it names, by default of the end; the answer, and " +
                "only it, has its secret. 400 is for what can't be read, 422 for what the workload refuses.")
            .Problems(400, 409, 413, 415, 422, 429, 503);
        jobs.MapGet("", ListEndpoint.ListAsync)
            .Produces<JobList>()
            .Describe(
                "listJobs", "Lists jobs, newest first",
                "Narrow it by `kind`, `state` (several with commas between), `q` (part of the title) and `tag`. With " +
                "`shared=true` it is the jobs of others that are shared with the caller, those shared last first. `sort` is " +
                "`newest`, `oldest`, `title` or `longest`. `next` is the `cursor` of the page after this one with the same " +
                "`sort`, null at the end. `limit` is 1 to 200, 50 by default.")
            .Problems(400);
    }

    private static void MapReading(RouteGroupBuilder job)
    {
        job.MapGet("", SnapshotEndpoint.GetAsync)
            .Produces<JobSnapshot>()
            .Produces(StatusCodes.Status304NotModified)
            .Describe(
                "getJob", "A job's present state",
                "`ETag` begins with the `seq`, and changes with whatever else does; with `If-None-Match` the answer is 304 until there is news. With `wait` " +
                "(seconds, up to 60) it is held back until the `seq` is above `after`; without `after`, until the next event.")
            .Problems(400, 404, 410, 429);
        job.MapGet("/events", EventsEndpoint.GetAsync)
            .WithMetadata(TakesTicket.OfJob)
            .Produces<EventList>(StatusCodes.Status200OK, "application/json")
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream", "application/x-ndjson", "text/csv")
            .Describe(
                "getJobEvents", "A job's events: live, in pages, or all of them as a file",
                "By `Accept`: `text/event-stream` (also `*/*`) is a snapshot and then every event after it as it comes, " +
                "resumed by `Last-Event-ID` or `after`; `application/json` is a page (`after`, `limit` up to 1000); " +
                "`application/x-ndjson` and `text/csv` are the whole log. `format` (json, ndjson, csv) stands in for " +
                "`Accept` in links.")
            .Problems(400, 404, 406, 410, 429);
        job.MapGet("/partials", PartialsEndpoint.GetAsync)
            .Produces<PartialList>()
            .Describe(
                "getJobPartials", "The pieces of the result so far",
                "The partial events after the seq `after`, in order; a later one with the same `index` replaces an earlier. " +
                "`limit` is up to 1000, 100 by default.")
            .Problems(400, 404, 410);
        job.MapGet("/result", ResultEndpoint.GetAsync)
            .Produces<string>(StatusCodes.Status200OK, "text/plain")
            .Produces<TextResult>(StatusCodes.Status200OK, "application/json")
            .Describe(
                "getJobResult", "The result",
                "The document as it is, or a textual one inside JSON for those who accept only `application/json`. `wait` " +
                "(seconds, up to 60) waits for the end; `partial=true` gives what can be made of the finished parts; " +
                "`download=true` names a file to save it as. Some kinds, such as transcription, give it in several forms, by " +
                "`Accept` or by `format` (text, srt, vtt, json).")
            .Problems(400, 404, 406, 409, 410, 429);
        job.MapGet("/input", CommandEndpoints.GetInputAsync)
            .Produces<object>()
            .Describe("getJobInput", "The input as it was accepted", "Without the secrets that came with it.")
            .Problems(404, 410);
        job.MapGet("/files", FileEndpoints.ListAsync)
            .Produces<FileList>()
            .Describe("listJobFiles", "A job's files", "Those it was given (`derived` false), then those its work made.")
            .Problems(404, 410);
        job.MapGet("/files/{file}", FileEndpoints.GetAsync)
            .Produces<Stream>(StatusCodes.Status200OK, StoredFile.AnyBytes)
            .Produces<Stream>(StatusCodes.Status206PartialContent, StoredFile.AnyBytes)
            .Produces(StatusCodes.Status304NotModified)
            .Describe(
                "getJobFile", "A file of a job, or a range of it",
                "By id or by name. `Range` and `If-None-Match` are honoured; `download=true` names a file to save it as.")
            .Problems(404, 409, 410);
    }

    private static void MapCommands(RouteGroupBuilder job)
    {
        job.MapPost("/cancel", CommandEndpoints.CancelAsync)
            .Produces<JobSnapshot>()
            .Produces<JobSnapshot>(StatusCodes.Status202Accepted)
            .Describe(
                "cancelJob", "Asks a job to stop",
                "202 while it stops, which it does within a second; 200 where it has ended. Of a finished job nothing changes.")
            .Problems(404, 410, 503);
        job.MapPost("/retry", CommandEndpoints.RetryAsync)
            .RequireRateLimiting(SubmissionLimiter.Policy)
            .Accepts<RetryRequest>(isOptional: true, "application/json")
            .Produces<JobSnapshot>(StatusCodes.Status202Accepted)
            .WithBodyExample("""{"scope":"failed-items"}""")
            .Describe(
                "retryJob", "Takes the work of a finished job up again, in a new job",
                "`failed-items` does only what failed and takes the rest over; `all`, the default, does everything.")
            .Problems(400, 404, 409, 410, 422, 429, 503);
        job.MapPost("/answers", CommandEndpoints.AnswerAsync)
            .Accepts<AnswerRequest>("application/json")
            .Produces<JobSnapshot>()
            .WithBodyExample("""{"requestId":"1c9e04b7","answer":"yes"}""")
            .Describe("answerJob", "Answers the question a job waits with", "The question is the snapshot's `pendingInput`.")
            .Problems(400, 404, 409, 410, 422);
        job.MapPost("/tags", CommandEndpoints.TagAsync)
            .Accepts<TagsRequest>("application/json")
            .Produces<JobSnapshot>()
            .WithBodyExample("""{"add":["invoices"],"remove":["draft"]}""")
            .Describe(
                "tagJob", "Gives a job tags, and takes some from it",
                "Wherever it stands; what others do to its tags meanwhile stays. A job that has not ended tells of it with an " +
                "event `tags`, which names all it has then. Of one that has ended the snapshot alone changes: its log is closed.")
            .Problems(400, 404, 410, 422, 503);
        job.MapPost("/move-to-front", CommandEndpoints.MoveToFrontAsync)
            .Produces<JobSnapshot>()
            .Describe(
                "moveJobToFront", "Moves a queued job to the front",
                "Before all other queued jobs of its submitter; it passes no one else's that stood before those. The answer's " +
                "`queuePosition` is its new place.")
            .Problems(404, 409, 410, 503);
        job.MapDelete("", CommandEndpoints.DeleteAsync)
            .Produces(StatusCodes.Status204NoContent)
            .Describe(
                "deleteJob", "Deletes a finished job",
                "With its events, input and result. From then on it is answered 410.")
            .Problems(404, 409, 410, 503);
    }
}

/// <summary>A page of jobs.</summary>
/// <param name="Jobs">The page.</param>
/// <param name="Next">The <c>cursor</c> of the page after this one; null at the end.</param>
internal sealed record JobList(IReadOnlyList<JobSnapshot> Jobs, string? Next);

/// <summary>A page of events.</summary>
/// <param name="Events">The page; objects as on every other wire.</param>
/// <param name="Next">The <c>after</c> of the page after this one; null at the end.</param>
internal sealed record EventList(IReadOnlyList<object> Events, long? Next);

/// <summary>A page of pieces.</summary>
/// <param name="Events">The page.</param>
/// <param name="Next">The <c>after</c> of the page after this one; null at the end.</param>
internal sealed record PartialList(IReadOnlyList<PartialEvent> Events, long? Next);
