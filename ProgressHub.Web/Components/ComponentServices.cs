using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressHub.AspNetCore.Accounts;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Web.Components.Accounts;
using ProgressHub.Web.Components.Health;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Listing;
using ProgressHub.Web.Components.Live;
using ProgressHub.Web.Components.Uploading;
using ProgressHub.Web.Components.Webhooks;
using ProgressHub.Web.Localization;
using ProgressHub.Web.Components.Standalone;
using ProgressHub.Workloads.AspNetCore.External;
using MudBlazor;
using MudBlazor.Services;

namespace ProgressHub.Web.Components;

/// <summary>Puts the web UI into a host.</summary>
public static class ComponentServices
{
    // A text of 2 MB comes as one message when its field is left; JSON may write a character with two.
    private const int MaxMessageBytes = 6 * 1024 * 1024;

    /// <summary>
    /// Adds the web UI. Where people sign in (<c>Auth:Mode=Token</c>) each sees their own; else all jobs are those of the
    /// owner <c>local</c>. A host with a sign-in of its own registers an <see cref="ICaller"/> before it.
    /// </summary>
    public static IServiceCollection AddProgressHubComponents(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<UiText>();
        services.TryAddScoped<UploadQueue>();
        services.TryAddScoped<ReaderClock>();
        services.TryAddScoped<PendingDeletions>();
        services.TryAddScoped<DocumentQueues>();
        services.TryAddScoped<FormWebhooks>();
        services.TryAddSingleton<WriteTokens>();
        services.TryAddSingleton<WatchTemplate>();
        services.TryAddSingleton<EngineTest>();
        services.AddSubmissionAllowance();
        services.AddResponseCompression(static options => (options.EnableForHttps, options.MimeTypes) = (true, ["text/html"]));
        services.AddMudServices(ui => ui.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight);
        services.AddCaller();
        services.AddRazorComponents()
            .AddInteractiveServerComponents()
            .AddHubOptions(options => options.MaximumReceiveMessageSize = MaxMessageBytes);
        return services;
    }

    /// <summary>On whose behalf components act, and where one signs in: known once the configuration is.</summary>
    private static void AddCaller(this IServiceCollection services)
    {
        services.AddSingleton(new SignInPage(SignInEndpoints.Path));
        services.TryAddScoped<ICaller>(static provider => provider.HasSignIn()
            ? new SignedInCaller(provider.GetRequiredService<AuthenticationStateProvider>())
            : new LocalCaller());
        services.TryAddScoped<AuthenticationStateProvider>(static provider => provider.HasSignIn()
            ? new CircuitAccess(provider.GetRequiredService<ILoggerFactory>(), provider.GetRequiredService<AccessCheck>())
            : new ServerAuthenticationStateProvider());
    }

    /// <summary>
    /// Serves the web UI at <c>/</c>. Call it after authentication, and call <c>MapStaticAssets</c> too: its scripts and
    /// styles are static assets. The host's own Content-Security-Policy says who may frame it.
    /// </summary>
    public static WebApplication MapProgressHubComponents(this WebApplication app)
    {
        app.UseLanguageChoice();
        app.UseAntiforgery();
        app.UseMiddleware<PageStatus>();
        app.UseMiddleware<LivePageLimit>();
        app.MapAccountPages();
        // It brings the texts of its script. No secret is in it that could be guessed from its length.
        app.UseWhen(static context => context.Request.Path.StartsWithSegments("/watch"), static watch => watch.UseResponseCompression());
        app.MapWatchPage();

        // By default Blazor sets a policy of one line, for framing alone, and the host's stricter one would be left out.
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode(
            static options =>
            {
                options.ContentSecurityFrameAncestorsPolicy = null;

                // Secrets and what strangers choose would be compressed together (BREACH), and each circuit would hold a window.
                options.DisableWebSocketCompression = true;
            });
        return app;
    }
}
