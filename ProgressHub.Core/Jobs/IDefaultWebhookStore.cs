namespace ProgressHub.Core.Jobs;

/// <summary>Keeps, for each owner, where their jobs from the forms of the web UI tell of themselves.</summary>
internal interface IDefaultWebhookStore
{
    /// <summary>An owner's; null where they have none.</summary>
    ValueTask<DefaultWebhook?> FindAsync(string owner, CancellationToken cancellationToken);

    /// <summary>Keeps an owner's in place of the one before.</summary>
    ValueTask KeepAsync(string owner, DefaultWebhook webhook, CancellationToken cancellationToken);

    /// <summary>Removes an owner's; jobs that were submitted with it keep theirs.</summary>
    ValueTask RemoveAsync(string owner, CancellationToken cancellationToken);
}

/// <summary>Where an owner's jobs tell of themselves.</summary>
/// <param name="Url">Where messages go.</param>
/// <param name="Events">The types of events to tell of.</param>
/// <param name="ProtectedSecret">The signing secret, encrypted; never the secret itself.</param>
internal sealed record DefaultWebhook(string Url, IReadOnlyList<string> Events, ReadOnlyMemory<byte> ProtectedSecret);
