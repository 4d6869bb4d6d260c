using System.Net;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Webhooks;

/// <summary>Checks the webhooks that come with jobs, before anything is created.</summary>
internal sealed class WebhookCheck(ISecretProtector protector, AddressPolicy policy)
{
    private const int MaxUrl = 2048;
    private static readonly string[] Default = [EventTypes.Done];

    /// <summary>What to keep of a webhook, with its secret encrypted, and what to tell whoever submits it.</summary>
    /// <exception cref="InvalidWebhookException">It can't be sent.</exception>
    public AcceptedWebhook? Accept(WebhookRequest? request, JobId id)
    {
        if (request is null)
            return null;
        var host = Host(request.Url);
        var events = Events(request.Events);
        var key = request.Secret is { } given
            ? WebhookSecret.Read(given) ?? throw Invalid(
                "invalid_webhook_secret", "A secret is 'whsec_' and 24 to 64 bytes in base64.", "webhook.secret")
            : WebhookSecret.New();
        return new AcceptedWebhook(
            new NewWebhook(request.Url, host, events, protector.Protect(key)),
            new WebhookReceipt(Webhook.IdOf(id), request.Url, events, WebhookSecret.Write(key)));
    }

    private string Host(string url)
    {
        if (url.Length > MaxUrl)
            throw Url($"An address has at most {MaxUrl} characters.");
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || (uri.Scheme != "http" && uri.Scheme != "https"))
            throw Url("It is not an absolute http or https address.");
        if (uri.UserInfo.Length > 0)
            throw Url("An address carries no user and no password.");
        if (uri.Host.Length == 0 || uri.Port == 0 || url.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)))
            throw Url("It is not an address that can be asked.");

        // What a name stands for is found out when it is connected to; a number needs no finding out.
        if (IPAddress.TryParse(uri.IdnHost.Trim('[', ']'), out var literal) && !policy.Allows(literal.ToString(), literal))
            throw Invalid("webhook_address_not_allowed", "Webhooks go to public addresses only.", "webhook.url");
        return $"{uri.IdnHost.ToLowerInvariant()}:{uri.Port}";
    }

    private static string[] Events(IReadOnlyList<string>? wanted)
    {
        if (wanted is null)
            return Default;
        if (wanted.Count == 0)
            throw Invalid("invalid_webhook_events", "It names no event.", "webhook.events");
        return wanted.FirstOrDefault(type => !EventTypes.All.Contains(type)) is null && wanted.Count <= EventTypes.All.Count
            ? [.. wanted.Distinct()]
            : throw Invalid(
                "invalid_webhook_events", $"The types of events are {string.Join(", ", EventTypes.All)}.", "webhook.events");
    }

    private static InvalidWebhookException Url(string message) => Invalid("invalid_webhook_url", message, "webhook.url");

    private static InvalidWebhookException Invalid(string code, string message, string property) =>
        new(code, message, property);
}

/// <summary>A webhook that was checked.</summary>
/// <param name="Stored">What is kept.</param>
/// <param name="Receipt">What is told, once, with the secret.</param>
internal sealed record AcceptedWebhook(NewWebhook Stored, WebhookReceipt Receipt);
