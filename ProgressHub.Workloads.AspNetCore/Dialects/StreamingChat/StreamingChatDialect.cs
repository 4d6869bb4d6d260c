using System.Security.Claims;
using System.Text.Json;
using ProgressHub.AspNetCore.Dialects;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Security;
using ProgressHub.AspNetCore.Snapshots;
using ProgressHub.AspNetCore.Streaming;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Workloads.Knowledge;
using ProgressHub.Workloads.Knowledge.Ask;

namespace ProgressHub.Workloads.AspNetCore.Dialects.StreamingChat;

/// <summary>
/// Questions with enhanced and streaming progress, and the older set of the same endpoints with plain events. The token
/// that their clients send in the query of a stream is a ticket or a key, read where requests are authenticated.
/// </summary>
internal sealed class StreamingChatDialect : IDialect
{
    private const string Enhanced = "/api/v1/streaming-chat";
    private const string Older = "/api/v1/async-chat";

    public string Name => "Streaming chat";

    public string Description => "Questions over documents, answered as a stream of progress and text.";

    public void Map(IEndpointRouteBuilder routes)
    {
        MapSet(routes.MapGroup(Enhanced), "Chat", ChatEvents.All);
        MapSet(routes.MapGroup(Older), "OldChat", ChatEvents.Basic);
    }

    private static void MapSet(RouteGroupBuilder set, string suffix, ChatEvents usual)
    {
        set.MapPost("/ask-question", AskAsync)
            .RequireRateLimiting(SubmissionLimiter.Policy)
            .Accepts<ChatRequest>("application/json")
            .Produces<ChatAccepted>(StatusCodes.Status202Accepted)
            .Describe(
                $"ask{suffix}", "Asks a deity's verses, or any collection",
                "A job of kind `ask`: `deity_id` is its collection, `fortune_number` the number of a document in it. " +
                "`language` is `zh` or `en`. With `enable_streaming` false the answer comes as a whole and the streams have plain events.")
            .Problems(400, 409, 413, 415, 422, 429, 503);
        set.MapGet("/sse/{id}", (JobId id, HttpContext context, JobService jobs, DialectStreams streams, string? events) =>
                StreamAsync(id, context, jobs, streams, events, usual))
            .WithMetadata(new TakesTicket("id", "token", TakesTicket.Parameter) { TakesKeys = true })
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .Describe(
                $"stream{suffix}", "A question's stream, from its beginning",
                "Unnamed events. `events` narrows them to `enhanced`, `streaming` or `basic`. Resumes by `Last-Event-ID`.")
            .Problems(400, 404, 410, 429);
        set.MapGet("/progress/{id}", ProgressAsync)
            .Produces<ChatProgress>()
            .Describe($"get{suffix}Progress", "Where a question stands", "With how long it runs, and how many watch.")
            .Problems(404, 410);
    }

    private static async Task AskAsync(
        HttpContext context, ClaimsPrincipal user, JobService jobs, KnowledgeLibrary library, CancellationToken aborted)
    {
        var job = (await ChatRequest.SubmitAsync(context.Request, user, jobs, library, aborted)).Snapshot;
        var task = (await ChatTask.FindAsync(job.JobId, user, jobs, aborted))!;
        var accepted = new ChatAccepted(
            job.JobId.ToString(), $"{Older}/sse/{job.JobId}", $"{Enhanced}/sse/{job.JobId}", ChatProgress.Of(task, job, 0).CurrentStatus,
            task.Info.StreamingEnabled);
        context.Response.StatusCode = StatusCodes.Status202Accepted;
        context.Response.Headers.Location = JobUrls.Self(job.JobId);
        await RawJson.WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(accepted, ChatJson.Readable.ChatAccepted));
    }

    private static async Task StreamAsync(
        JobId id, HttpContext context, JobService jobs, DialectStreams streams, string? events, ChatEvents usual)
    {
        var wanted = ChatEventsParameter.Parse(events);
        if (await ChatTask.FindAsync(id, context.User, jobs, context.RequestAborted) is not { } task)
        {
            await (await new JobCall(id, context.User, jobs, context.RequestAborted).AbsentAsync()).ExecuteAsync(context);
            return;
        }

        var told = wanted ?? (task.Info.StreamingEnabled ? usual : ChatEvents.Basic);
        await streams.RunAsync(
            context, new DialectStreamOptions(id, AskDetails.Kind) { Start = 0 }, new ChatProjection(task, told));
    }

    private static async Task ProgressAsync(
        JobId id, HttpContext context, JobService jobs, StreamClock clock, CancellationToken aborted)
    {
        var call = new JobCall(id, context.User, jobs, aborted);
        if (await ChatTask.FindAsync(id, context.User, jobs, aborted) is not { } task
            || await jobs.FindAsync(id, call.Owner, aborted) is not { } job)
        {
            await (await call.AbsentAsync()).ExecuteAsync(context);
            return;
        }

        var watchers = await jobs.CountWatchersAsync(id, call.Owner, aborted) ?? 0;
        context.Response.Headers.CacheControl = "private, no-cache";
        await RawJson.WriteAsync(context, JsonSerializer.SerializeToUtf8Bytes(
            ChatProgress.Of(task, SnapshotNow.Of(job, clock.UtcNow), watchers), ChatJson.Readable.ChatProgress));
    }
}
