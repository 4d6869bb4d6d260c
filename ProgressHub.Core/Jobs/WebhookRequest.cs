namespace ProgressHub.Core.Jobs;

/// <summary>Where somebody wants to be told of a job's events.</summary>
/// <param name="Url">An absolute http or https address.</param>
/// <param name="Events">The types of events; null for the end alone.</param>
/// <param name="Secret">What signs the messages, <c>whsec_</c> and base64; null to have one made.</param>
public sealed record WebhookRequest(string Url, IReadOnlyList<string>? Events, string? Secret);

/// <summary>What whoever submits is told of the webhook.</summary>
/// <param name="Id">The webhook.</param>
/// <param name="Url">Where messages go.</param>
/// <param name="Events">The types of events it is told of.</param>
/// <param name="Secret">What signs the messages; in the answer that made the job, and nowhere else.</param>
public sealed record WebhookReceipt(string Id, string Url, IReadOnlyList<string> Events, string? Secret);
