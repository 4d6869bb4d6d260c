using ProgressHub.AspNetCore.Dialects;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Security;

namespace ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;

/// <summary>
/// Questions of a chat session with a log that is told live: <c>POST /analyze</c>, and <c>GET /api/progress/{session}</c>,
/// which may be opened before there is a session. On jobs of kind <c>analysis</c> and their events.
/// </summary>
internal sealed class SessionLogDialect : IDialect
{
    private const string Waits =
        "Stays open until the work is done; going away cancels nothing. With `?async=true`, or `Prefer: respond-async`, answers 202 at once. ";

    public string Name => "Session log";

    public string Description => "Questions over a table in a session, with the session's log.";

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("").WithMetadata(new SessionProblemShape());
        MapAsk(group, "/analyze", SessionMode.Question).Describe(
            "analyzeQuestion", "Asks a question of a session's table",
            Waits + "`session_id` is of the client's choice, made on first use over `sample`, `file` or the prices that come with the " +
            "server. Where the question is unclear it answers `needs_confirmation` with `request_id` and `options`; send " +
            "`{session_id, answer, request_id}` here to go on.");
        MapAsk(group, "/search", SessionMode.Search).Describe(
            "searchContext", "Looks up the context of a question",
            Waits + "Earlier questions like it, and the columns and values it speaks of; its log is the session's.");
        MapAsk(group, "/execute", SessionMode.Execute).Describe(
            "executeQuery", "Runs a query over a session's table",
            Waits + "One query that only reads, over the one table, `data`, in the sandbox; its log is the session's.");

        group.MapGet("/api/progress/{session}", (HttpContext context, string session, SessionLogEndpoints log) => log.StreamAsync(context, session))
            .WithMetadata(TakesTicket.OfAllJobs)
            .Produces<string>(StatusCodes.Status200OK, "text/event-stream")
            .Describe(
                "watchSessionLog", "A session's log, live across its questions",
                "Server-sent events without a name. May be opened before there is a session, and stays open: what the session's latest " +
                "question has said so far, then all that follows. Resumed by `Last-Event-ID`, also after a restart of the server. " +
                "Silence is broken by comments.");
        group.MapGet(
                "/api/progress/{session}/events",
                (HttpContext context, string session, bool? all, string? format, string? after, int? limit, SessionLogEndpoints log) =>
                    log.ListAsync(context, session, all, format, after, limit))
            .Produces<SessionEventList>()
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .Describe(
                "listSessionLog", "A session's log so far",
                "Of its latest question, or of `all`; empty where there is no such session (yet). `?format=json` and `csv` export it.");
        group.MapDelete("/api/progress/{session}", (HttpContext context, string session, SessionLogEndpoints log) => log.ClearAsync(context, session))
            .Produces<SessionCleared>()
            .Describe(
                "clearSessionLog", "Clears a session's log up to now",
                "It is not shown any more; the jobs keep theirs. A new question clears by itself.");
    }

    private static RouteHandlerBuilder MapAsk(RouteGroupBuilder routes, string path, SessionMode mode) => routes
        .MapPost(path, (HttpContext context, bool? async, SessionAsking asking) => asking.AskAsync(context, mode, async))
        .RequireRateLimiting(SubmissionLimiter.Policy)
        .Accepts<SessionAsk>("application/json")
        .Produces<SessionAnswer>()
        .Produces<SessionAnswer>(StatusCodes.Status202Accepted)
        .Produces<SessionFailure>(StatusCodes.Status422UnprocessableEntity);
}
