using ProgressHub.AspNetCore.Dialects;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Security;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Translation;

/// <summary>The progressive translation service: messages, their status, and their batches as they are done.</summary>
internal sealed class TranslationDialect(MessageEndpoints endpoints) : IDialect
{
    public string Name => "Messages (translation)";

    public string Description => "A translation server's messages, polled for their parts.";

    public void Map(IEndpointRouteBuilder routes)
    {
        var messages = routes.MapGroup("/messages").WithMetadata(new MessageRefusals());
        Refusals(messages.MapPost("", endpoints.SubmitAsync), 400, 409, 413, 415, 422, 429, 503)
            .RequireRateLimiting(SubmissionLimiter.Policy)
            // Whatever its type, so that a wrong one is refused here and in this dialect's shape.
            .Accepts<MessageRequest>("application/json", "*/*")
            .Produces<Message>(StatusCodes.Status202Accepted)
            .Describe(
                "submitMessage", "Translates a text",
                "`model_name` says who translates and `api_key` is used for this job alone; `target_language` has a default. " +
                "The answer's `id` is that of the job under `/api/jobs` too. An `Idempotency-Key` makes it safe to repeat.");
        Refusals(messages.MapGet("/{id}", endpoints.GetAsync), 404, 410)
            .Produces<Message>()
            .Produces(StatusCodes.Status304NotModified)
            .Describe(
                "getMessage", "How far a translation is",
                "`status_type` is queued, started, completed, failed or canceled. After the end, `content` is the translation.");
        Refusals(messages.MapGet("/{id}/partial", endpoints.GetPartialAsync), 404)
            .Produces<MessagePartials>()
            .Produces<MessagePartials>(StatusCodes.Status410Gone)
            .Describe(
                "getMessagePartials", "What is translated so far, batch by batch",
                "By number, those that failed apart. Some hours after the last of them the answer is 410, `expired`.");
    }

    private static RouteHandlerBuilder Refusals(RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (var status in statuses)
            endpoint.Produces<MessageRefusal>(status);
        return endpoint;
    }
}
