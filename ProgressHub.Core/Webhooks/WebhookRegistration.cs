using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Webhooks;

/// <summary>Registers webhooks.</summary>
internal static class WebhookRegistration
{
    /// <summary>
    /// Adds webhooks. A host registers an <see cref="ISecretProtector"/> beside it; without one, jobs with a webhook are
    /// refused.
    /// </summary>
    public static IServiceCollection AddWebhooks(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<WebhookOptions>()
            .BindConfiguration(WebhookOptions.Section)
            .ValidateDataAnnotations()
            .Validate(
                static options => options.AllowedAddresses.All(a => !a.Contains('/') || IPNetwork.TryParse(a.Trim(), out _)),
                "Webhooks:AllowedAddresses: a network is an address, a slash and a length, such as 10.1.0.0/16.")
            .Validate(
                static options => options.RetryDelays is null || options.RetryDelays.All(d => d > TimeSpan.Zero),
                "Webhooks:RetryDelays: each is above zero.");
        services.TryAddSingleton<ISecretProtector, NoProtector>();
        services.TryAddSingleton<IHostResolver, SystemResolver>();
        services.AddSingleton<AddressPolicy>();
        services.AddSingleton<GuardedConnector>();
        services.AddSingleton<WebhookSender>();
        services.AddSingleton<WebhookCheck>();
        services.AddSingleton<WebhookIntake>();
        services.AddSingleton<WebhookTrial>();
        services.AddSingleton<DefaultWebhooks>();
        services.AddSingleton<WebhookMetrics>();
        services.AddSingleton<WebhookChanges>();
        services.AddSingleton<WebhookAttempts>();
        services.AddSingleton<WebhookOutbox>();
        services.AddSingleton<WebhookLane>();
        services.AddSingleton<WebhookDispatcher>();
        services.AddSingleton<WebhookFollowers>();
        services.AddSingleton(provider => new WebhookService(
            provider.GetRequiredService<IWebhookStore>(), provider.GetRequiredService<WebhookDispatcher>(),
            provider.GetRequiredService<WebhookChanges>(), provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService(provider => provider.GetRequiredService<WebhookDispatcher>());
        services.AddHostedService(provider => provider.GetRequiredService<WebhookFollowers>());
        return services;
    }

    /// <summary>A host that can't keep a secret sends no webhooks.</summary>
    private sealed class NoProtector : ISecretProtector
    {
        public byte[] Protect(byte[] secret) => throw new InvalidWebhookException(
            "webhooks_unsupported", "This server sends no webhooks.", "webhook");

        public byte[]? Unprotect(byte[] protectedSecret) => null;
    }
}
