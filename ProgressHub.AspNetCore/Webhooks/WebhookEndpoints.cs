using Microsoft.AspNetCore.Http.HttpResults;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Webhooks;

namespace ProgressHub.AspNetCore.Webhooks;

/// <summary>The webhook of a job: what became of its messages, and sending one again.</summary>
internal static class WebhookEndpoints
{
    public static readonly ApiTag Tag = new("Webhooks", "Who is told of a job's events, and what became of it.");

    private static readonly Problem NoWebhook =
        Problem.Of(StatusCodes.Status404NotFound, "no_webhook", "The job has no webhook.");

    private static readonly Problem NoDelivery = Problem.Of(
        StatusCodes.Status404NotFound, "delivery_not_found", "The webhook has no message for this event, or not any more.", "seq");

    public static void MapWebhooks(this IEndpointRouteBuilder routes)
    {
        routes.MapWebhookTest();
        var webhook = routes.MapGroup("/api/jobs/{id}/webhook").WithTag(Tag).RequireAuthorization();
        webhook.MapGet("", GetAsync)
            .Produces<WebhookView>()
            .Describe(
                "getJobWebhook", "A job's webhook and what became of its messages",
                "The last 100 deliveries in the order of their events, each with its last 10 attempts. `state` is `active` " +
                "while there is something to come, then `delivered` or `failed`; `disabled` where the receiver answered 410. " +
                "The secret is never shown again.")
            .Problems(404, 410);
        webhook.MapPost("/deliveries/{seq}/retry", RetryAsync)
            .RequireRateLimiting(SubmissionLimiter.Policy)
            .Produces<WebhookView>(StatusCodes.Status202Accepted)
            .Describe(
                "retryWebhookDelivery", "Sends a message again",
                "Whatever became of it, under the same `webhook-id`, as soon as those before it have been sent. A disabled " +
                "webhook is active again.")
            .Problems(404, 410, 429, 503);
    }

    private static async Task<Results<JsonHttpResult<WebhookView>, ProblemResult>> GetAsync(
        [AsParameters] JobCall call, WebhookService webhooks) =>
        await webhooks.FindAsync(call.Id, call.Owner, call.Aborted) is { } view
            ? TypedResults.Json(view, WebhooksJson.Default.WebhookView)
            : await AbsentAsync(call, NoWebhook);

    private static async Task<Results<JsonHttpResult<WebhookView>, ProblemResult>> RetryAsync(
        [AsParameters] JobCall call, string seq, WebhookService webhooks)
    {
        if (await webhooks.FindAsync(call.Id, call.Owner, call.Aborted) is null)
            return await AbsentAsync(call, NoWebhook);
        return Parameters.ParseCursor(seq) is { } number
            && await webhooks.RetryAsync(call.Id, call.Owner, number, call.Aborted)
            && await webhooks.FindAsync(call.Id, call.Owner, call.Aborted) is { } view
            ? TypedResults.Json(view, WebhooksJson.Default.WebhookView, statusCode: StatusCodes.Status202Accepted)
            : await AbsentAsync(call, NoDelivery);
    }

    private static async Task<ProblemResult> AbsentAsync(JobCall call, Problem otherwise) =>
        await call.Jobs.FindAsync(call.Id, call.Owner, call.Aborted) is null
            ? await call.AbsentAsync()
            : new ProblemResult(otherwise);
}
