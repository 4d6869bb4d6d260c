using System.Text.Json.Serialization;
using ProgressHub.Core.Events;
using ProgressHub.Core.Webhooks;

namespace ProgressHub.AspNetCore.Webhooks;

/// <summary>An address to try.</summary>
/// <param name="Url">An absolute http or https address.</param>
/// <param name="Secret">What signs the message, <c>whsec_</c> and base64; missing to have one made for it.</param>
internal sealed record WebhookTestRequest(string Url, string? Secret = null);

/// <summary>What the receiver said.</summary>
/// <param name="Id">The message's <c>webhook-id</c>.</param>
/// <param name="Delivered">Whether it took the message.</param>
/// <param name="At">When it was sent.</param>
/// <param name="Status">The HTTP status; missing where none came.</param>
/// <param name="Error">What went wrong, for a person; missing where the status says it all.</param>
/// <param name="DurationMs">How long it took, in milliseconds.</param>
/// <param name="ResponseBody">The beginning of the answer.</param>
/// <param name="Secret">What signed it, where one was made for it alone.</param>
internal sealed record WebhookTestView(
    string Id, bool Delivered, [property: JsonConverter(typeof(UtcMillisecondsConverter))] DateTimeOffset At, int? Status, string? Error,
    long DurationMs, string? ResponseBody, string? Secret)
{
    public static WebhookTestView Of(WebhookTrialResult result) => new(
        result.Id, result.IsDelivered, result.Attempt.At, result.Attempt.Status, result.Attempt.Error, result.Attempt.DurationMs,
        result.Attempt.ResponseBody, result.Secret);
}
