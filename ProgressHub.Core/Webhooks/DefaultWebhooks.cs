using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Webhooks;

/// <summary>
/// Where an owner's jobs from the forms of the web UI tell of themselves, unless another address is written there. Jobs that come
/// in any other way have only the webhook they bring.
/// </summary>
internal sealed class DefaultWebhooks(IDefaultWebhookStore store, WebhookCheck check, ISecretProtector protector)
{
    /// <summary>An owner's; null where they have none.</summary>
    public ValueTask<DefaultWebhook?> FindAsync(string owner, CancellationToken cancellationToken) => store.FindAsync(owner, cancellationToken);

    /// <summary>Keeps an owner's in place of the one before, with a new secret unless the address stays the same.</summary>
    /// <returns>The new secret, to be told once; null where the one before goes on to sign.</returns>
    /// <exception cref="InvalidWebhookException">Nothing can be sent there.</exception>
    public async Task<string?> KeepAsync(string owner, string url, IReadOnlyList<string> events, CancellationToken cancellationToken)
    {
        // Checked and encrypted as that of a job is.
        var accepted = check.Accept(new WebhookRequest(url, events, null), JobId.New())!;
        var before = await store.FindAsync(owner, cancellationToken);
        var keeps = before?.Url == url && protector.Unprotect(before.ProtectedSecret.ToArray()) is not null;
        await store.KeepAsync(
            owner, new DefaultWebhook(url, accepted.Stored.Events, keeps ? before!.ProtectedSecret : accepted.Stored.ProtectedSecret), cancellationToken);
        return keeps ? null : accepted.Receipt.Secret;
    }

    /// <summary>Removes an owner's; jobs that were submitted with it keep theirs.</summary>
    public ValueTask RemoveAsync(string owner, CancellationToken cancellationToken) => store.RemoveAsync(owner, cancellationToken);

    /// <summary>The secret that signs what goes to an address, where that is the owner's default one; else null.</summary>
    public async Task<string?> SecretOfAsync(string owner, string url, CancellationToken cancellationToken) =>
        await store.FindAsync(owner, cancellationToken) is { } own && own.Url == url && protector.Unprotect(own.ProtectedSecret.ToArray()) is { } key
            ? WebhookSecret.Write(key)
            : null;
}
