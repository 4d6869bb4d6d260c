using System.Text.Json;

namespace ProgressHub.Core.Jobs;

/// <summary>What somebody asks to be done.</summary>
public sealed record JobRequest
{
    /// <summary>The workload, such as <c>translation</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>The workload's input, in the shape of its JSON schema.</summary>
    public required JsonElement Input { get; init; }

    /// <summary>Who asks.</summary>
    public required string Owner { get; init; }

    /// <summary>What to call it; where it is missing the workload makes a title.</summary>
    public string? Title { get; init; }

    /// <summary>Words to find it by.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>
    /// Makes submitting safe to repeat: the same key of the same owner with the same body gives the job it gave before.
    /// </summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>Whom to tell of its events, if anybody.</summary>
    public WebhookRequest? Webhook { get; init; }

    /// <summary>The finished job whose work this one takes up again.</summary>
    public JobId? RetryOf { get; init; }

    /// <summary>Whether the pieces that job finished well are taken over, so that only its failed ones are done.</summary>
    public bool ReusePartials { get; init; }

    /// <summary>The id its submitter chose, so as to watch it while the request still runs; null for one of ours.</summary>
    public JobId? Id { get; init; }

    /// <summary>
    /// What the idempotency key goes with instead of the input, where that names files which are made anew by each request.
    /// </summary>
    public JsonElement? IdempotencyInput { get; init; }
}
