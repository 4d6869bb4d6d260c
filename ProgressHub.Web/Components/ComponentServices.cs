using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Components.Listing;
using ProgressHub.Web.Components.Live;
using ProgressHub.Web.Components.Uploading;
using ProgressHub.Web.Localization;
using ProgressHub.Web.Watching;
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
    /// Adds the web UI. Register an <see cref="ICaller"/> before it where there is sign-in; without one all jobs are
    /// those of the owner <c>local</c>.
    /// </summary>
    public static IServiceCollection AddProgressHubComponents(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<UiText>();
        services.TryAddScoped<ICaller, LocalCaller>();
        services.TryAddScoped<UploadQueue>();
        services.TryAddScoped<ReaderClock>();
        services.TryAddScoped<PendingDeletions>();
        services.TryAddScoped<DocumentQueues>();
        services.TryAddSingleton<WriteTokens>();
        services.TryAddSingleton<WatchTemplate>();
        services.AddSubmissionAllowance();
        services.AddMudServices(ui => ui.SnackbarConfiguration.PositionClass = Defaults.Classes.Position.BottomRight);
        services.AddRazorComponents()
            .AddInteractiveServerComponents()
            .AddHubOptions(options => options.MaximumReceiveMessageSize = MaxMessageBytes);
        return services;
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
