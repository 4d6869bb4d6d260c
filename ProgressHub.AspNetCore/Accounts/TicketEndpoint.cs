using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Jobs;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Accounts;

/// <summary>Gives tickets for streams.</summary>
internal static class TicketEndpoint
{
    public static void MapTickets(this IEndpointRouteBuilder routes) => routes.MapPost("/api/tickets", GiveAsync)
        .WithTag(new ApiTag("Account", "Sessions, API keys and tickets of whoever asks."))
        .RequireAuthorization().RequireCors()
        .WithMetadata(NeedsScope.Watching)
        .Accepts<TicketRequest>(isOptional: true, "application/json")
        .Produces<TicketView>(StatusCodes.Status201Created)
        .WithBodyExample("""{"job":"5f0c2a9b7d4e41c8a6f3b2d1e0c9f8a7"}""")
        .Describe(
            "createTicket", "Makes a ticket for one stream",
            "For `EventSource` and `WebSocket`, which send no headers in a browser: `?ticket=` opens one stream of the job, or " +
            "without `job` any of the caller's, once, within a minute. It reads and changes nothing.")
        .Problems(400, 404, 415, 429);

    private static async Task<Results<JsonHttpResult<TicketView>, ProblemResult>> GiveAsync(
        HttpContext context, JobService jobs, StreamTickets tickets)
    {
        var (user, aborted) = (context.User, context.RequestAborted);
        var wanted = await JsonBody.ReadOptionalAsync(context.Request, AccountsJson.Default.TicketRequest, aborted);
        JobId? job = null;
        if (wanted?.Job is { } text)
        {
            if (!JobId.TryParse(text, null, out var id) || await jobs.FindAsync(id, user.Owner(), aborted) is null)
                return new ProblemResult(ProblemMapping.NoJob);
            job = id;
        }

        var (ticket, until) = await tickets.GiveAsync(user.Grant() ?? "", user.AccessExpires(), job, aborted);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Json(new TicketView(ticket, until), AccountsJson.Default.TicketView, statusCode: StatusCodes.Status201Created);
    }
}
