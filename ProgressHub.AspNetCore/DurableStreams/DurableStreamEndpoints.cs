using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Security;

namespace ProgressHub.AspNetCore.DurableStreams;

/// <summary>A job's log for clients of Durable Streams.</summary>
internal static class DurableStreamEndpoints
{
    private const string How =
        "Read by the protocol of Durable Streams: `offset` (`-1` for the beginning, `now` for the end, or what " +
        "`Stream-Next-Offset` said), `live` (`long-poll` or `sse`), `cursor`. `timeout` is how many seconds a long poll is " +
        "held back, up to 60, 20 by default. `Stream-Closed` says that there will be no more. Offsets outlive a restart.";

    public static IServiceCollection AddDurableStreams(this IServiceCollection services)
    {
        services.AddSingleton<StreamReader>();
        services.AddSingleton<DurableReads>();
        return services;
    }

    public static void MapDurableStreams(this IEndpointRouteBuilder routes)
    {
        var job = routes.MapGroup("/api/jobs/{id}").WithTag(ApiTag.Jobs).RequireAuthorization().RequireCors().WithMetadata(TakesTicket.OfJob, TakesVisitor.Instance);
        job.MapGet(
                "/events/stream",
                ([AsParameters] JobCall call, [AsParameters] StreamRead read, HttpContext context, DurableReads reads) =>
                    reads.AnswerAsync(context, call, StreamContent.Events, read))
            .Produces<object[]>(StatusCodes.Status200OK, "application/json", "text/event-stream")
            .Produces(StatusCodes.Status204NoContent)
            .Produces(StatusCodes.Status304NotModified)
            .Describe("readEventStream", "A job's events as a durable stream", $"JSON messages, every event of the job. {How}")
            .Problems(400, 404, 410, 429);
        job.MapGet(
                "/log/stream",
                ([AsParameters] JobCall call, [AsParameters] StreamRead read, HttpContext context, DurableReads reads) =>
                    reads.AnswerAsync(context, call, StreamContent.Log, read))
            .Produces<string>(StatusCodes.Status200OK, "text/plain", "text/event-stream")
            .Produces(StatusCodes.Status204NoContent)
            .Produces(StatusCodes.Status304NotModified)
            .Describe("readLogStream", "A job's log as a durable stream", $"Plain text, the message of each `log` event. {How}")
            .Problems(400, 404, 410, 429);
    }
}
