using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Webhooks;

/// <summary>Takes the webhooks that come with jobs.</summary>
internal sealed class WebhookIntake(WebhookCheck check, WebhookFollowers followers)
{
    /// <inheritdoc cref="WebhookCheck.Accept"/>
    public AcceptedWebhook? Accept(WebhookRequest? request, JobId id) => check.Accept(request, id);

    /// <summary>The job of a webhook that was accepted is there: its events are followed.</summary>
    public void Begin(JobId id) => followers.Follow(id);
}
