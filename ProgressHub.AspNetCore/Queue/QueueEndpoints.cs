using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Jobs;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.AspNetCore.Queue;

/// <summary>Whether jobs begin, and who decides that.</summary>
internal static class QueueEndpoints
{
    public static void MapQueue(this IEndpointRouteBuilder routes)
    {
        var queue = routes.MapGroup("/api/queue").WithTag(new ApiTag("Queue", "Whether jobs begin.")).RequireAuthorization();
        queue.MapGet("", GetAsync)
            .Produces<QueueView>()
            .Describe(
                "getQueue", "Whether jobs begin",
                "`paused` is true where no job begins at all; `pauses` has that pause and those of single kinds, each with who paused " +
                "(where people sign in) and since when. `waiting` counts the jobs of everybody that wait.")
            .Problems(503);
        queue.MapPost("/pause", PauseAsync).WithMetadata(NeedsScope.Admin)
            .Accepts<QueueChange>(isOptional: true, "application/json")
            .Produces<QueueView>()
            .WithBodyExample("""{"kind":"translation"}""")
            .Describe(
                "pauseQueue", "Pauses the start of jobs",
                "Of a `kind`, or of all where there is no body. Jobs can still be submitted and wait; those that run go on. It holds " +
                "for all nodes, and over restarts, until it is resumed. Said again, it changes nothing.")
            .Problems(400, 415, 422, 503);
        queue.MapPost("/resume", ResumeAsync).WithMetadata(NeedsScope.Admin)
            .Accepts<QueueChange>(isOptional: true, "application/json")
            .Produces<QueueView>()
            .WithBodyExample("""{"kind":"translation"}""")
            .Describe(
                "resumeQueue", "Lets jobs begin again",
                "Ends the pause of a `kind`, or without a body the one of all jobs; a kind that is paused by itself stays so. Where " +
                "nothing is paused, it changes nothing.")
            .Problems(400, 415, 503);
    }

    private static async Task<JsonHttpResult<QueueView>> GetAsync(
        IQueuePauseStore pauses, JobQueue queue, HttpResponse response, CancellationToken aborted)
    {
        response.Headers.CacheControl = "no-store";
        return await ViewAsync(pauses, queue, aborted);
    }

    private static async Task<JsonHttpResult<QueueView>> PauseAsync(
        HttpContext context, QueueSwitch change, IQueuePauseStore pauses, JobQueue queue, WorkloadCatalog workloads)
    {
        var kind = await ReadKindAsync(context.Request);
        if (kind is not null)
            workloads.Get(kind);
        await change.PauseAsync(kind, context.User.Owner(), context.User.Identity?.Name, context.RequestAborted);
        return await ViewAsync(pauses, queue, context.RequestAborted);
    }

    // A kind that the server no longer has may still be paused.
    private static async Task<JsonHttpResult<QueueView>> ResumeAsync(
        HttpContext context, QueueSwitch change, IQueuePauseStore pauses, JobQueue queue)
    {
        await change.ResumeAsync(await ReadKindAsync(context.Request), context.User.Owner(), context.RequestAborted);
        return await ViewAsync(pauses, queue, context.RequestAborted);
    }

    private static async Task<string?> ReadKindAsync(HttpRequest request) =>
        (await JsonBody.ReadOptionalAsync(request, QueueJson.Default.QueueChange, request.HttpContext.RequestAborted))?.Kind is { Length: > 0 } kind
            ? kind
            : null;

    private static async Task<JsonHttpResult<QueueView>> ViewAsync(IQueuePauseStore pauses, JobQueue queue, CancellationToken cancellationToken) =>
        TypedResults.Json(QueueView.Of(await pauses.ListAsync(cancellationToken), queue.Waiting), QueueJson.Default.QueueView);
}
