namespace ProgressHub.Core.Jobs;

/// <summary>A webhook as it is kept, one a job at most.</summary>
internal sealed record Webhook
{
    /// <summary>The job.</summary>
    public required JobId JobId { get; init; }

    /// <summary>Whose job it is.</summary>
    public required string Owner { get; init; }

    /// <summary>What was asked for.</summary>
    public required NewWebhook Target { get; init; }

    /// <summary>The last <c>seq</c> of the log that was looked at.</summary>
    public long Cursor { get; init; }

    /// <summary>Whether there is more of the log to come.</summary>
    public bool IsFollowing { get; init; }

    /// <summary>Whether the receiver said that it wants no more.</summary>
    public bool IsDisabled { get; init; }

    /// <summary>Its identity: that of its job.</summary>
    public string Id => IdOf(JobId);

    /// <summary>The identity of a job's webhook.</summary>
    public static string IdOf(JobId id) => $"wh_{id}";
}

/// <summary>A webhook to keep with a job.</summary>
/// <param name="Url">Where messages go.</param>
/// <param name="Host">The host and port of that address; lanes to one host share its slots.</param>
/// <param name="Events">The types of events to tell of.</param>
/// <param name="ProtectedSecret">The signing secret, encrypted; never the secret itself.</param>
internal sealed record NewWebhook(
    string Url, string Host, IReadOnlyList<string> Events, ReadOnlyMemory<byte> ProtectedSecret);
