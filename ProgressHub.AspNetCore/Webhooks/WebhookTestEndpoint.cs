using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Jobs;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Webhooks;

namespace ProgressHub.AspNetCore.Webhooks;

/// <summary>Sends a message to try an address.</summary>
internal static class WebhookTestEndpoint
{
    public static void MapWebhookTest(this IEndpointRouteBuilder routes) => routes.MapPost("/api/webhooks/test", SendAsync)
        .WithTag(WebhookEndpoints.Tag).RequireAuthorization()
        .RequireRateLimiting(SubmissionLimiter.Policy)
        .WithMetadata(new BodyLimit(routes.ServiceProvider.GetRequiredService<IOptions<LimitOptions>>()))
        .Accepts<WebhookTestRequest>("application/json")
        .Produces<WebhookTestView>()
        .WithBodyExample("""{"url":"https://example.org/hook"}""")
        .Describe(
            "testWebhook", "Sends a message to try an address",
            "Of the type `test`, signed and checked as those of a job are, once, and kept nowhere. The answer tells what the receiver " +
            "said: its status, how long it took, and the beginning of what it answered. Without a `secret` one is made for this " +
            "message alone, and is in the answer. 200 whatever the receiver said: `delivered` tells whether it took it.")
        .Problems(400, 415, 422, 429);

    private static async Task<JsonHttpResult<WebhookTestView>> SendAsync(HttpRequest request, WebhookTrial trial, CancellationToken aborted)
    {
        var wanted = await JsonBody.ReadAsync(request, WebhooksJson.Default.WebhookTestRequest, aborted);
        var result = await trial.SendAsync(wanted.Url, wanted.Secret, aborted);
        return TypedResults.Json(WebhookTestView.Of(result), WebhooksJson.Default.WebhookTestView);
    }
}
