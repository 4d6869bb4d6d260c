using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Webhooks;

/// <summary>
/// Sends a message that is about no job, so that somebody sees whether an address takes what a job will send there: through the
/// same checks, with the same signature, timeout and connections. Nothing of it is kept, and it is sent once.
/// </summary>
internal sealed class WebhookTrial(WebhookCheck check, WebhookSender sender, IOptions<WebhookOptions> options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _slots = new(options.Value.MaxConcurrency);

    /// <summary>Sends one.</summary>
    /// <param name="url">Where to.</param>
    /// <param name="secret">What signs it; null to have a secret made for it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="InvalidWebhookException">Nothing can be sent there.</exception>
    public async Task<WebhookTrialResult> SendAsync(string url, string? secret, CancellationToken cancellationToken)
    {
        var receipt = check.Accept(new WebhookRequest(url, null, secret), JobId.New())!.Receipt;
        await _slots.WaitAsync(cancellationToken);
        try
        {
            var message = WebhookMessage.Test(time.GetUtcNow());
            var answer = await sender.SendAsync(url, WebhookSecret.Read(receipt.Secret!)!, message, cancellationToken);
            return new WebhookTrialResult(message.Id, answer.IsDelivered, answer.Attempt, secret is null ? receipt.Secret : null);
        }
        finally
        {
            _slots.Release();
        }
    }

    public void Dispose() => _slots.Dispose();
}

/// <summary>What came of a message that was sent to try an address.</summary>
/// <param name="Id">The message.</param>
/// <param name="IsDelivered">Whether the receiver took it.</param>
/// <param name="Attempt">What it answered.</param>
/// <param name="Secret">What signed it, where a secret was made for it alone.</param>
internal sealed record WebhookTrialResult(string Id, bool IsDelivered, WebhookAttempt Attempt, string? Secret);
