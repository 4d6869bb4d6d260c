using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>The default webhooks of owners in a database.</summary>
internal sealed class SqlDefaultWebhookStore(SqlStorage storage) : IDefaultWebhookStore
{
    private static readonly SqlStatement Find = new("SELECT url, events, secret FROM default_webhooks WHERE owner = @owner");

    private static readonly SqlStatement Keep = new("""
        INSERT INTO default_webhooks (owner, url, events, secret) VALUES (@owner, @url, @events, @secret)
          ON CONFLICT (owner) DO UPDATE SET url = @url, events = @events, secret = @secret
        """);

    private static readonly SqlStatement Remove = new("DELETE FROM default_webhooks WHERE owner = @owner");

    public async ValueTask<DefaultWebhook?> FindAsync(string owner, CancellationToken cancellationToken) =>
        await storage.ReadAsync(
            session => session.First(
                Find, reader => new DefaultWebhook(reader.GetString(0), reader.GetString(1).Split(','), reader.GetFieldValue<byte[]>(2)), owner),
            cancellationToken);

    public async ValueTask KeepAsync(string owner, DefaultWebhook webhook, CancellationToken cancellationToken) =>
        await storage.WriteAsync(
            session => session.Execute(Keep, owner, webhook.Url, string.Join(',', webhook.Events), webhook.ProtectedSecret.ToArray()),
            0, 0, cancellationToken);

    public async ValueTask RemoveAsync(string owner, CancellationToken cancellationToken) =>
        await storage.WriteAsync(session => session.Execute(Remove, owner), 0, 0, cancellationToken);
}
