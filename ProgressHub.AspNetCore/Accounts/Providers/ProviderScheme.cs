using System.Globalization;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using ProgressHub.AspNetCore.Security;

namespace ProgressHub.AspNetCore.Accounts.Providers;

/// <summary>How people sign in by a provider: authorization code with PKCE (RFC 7636), and back to a session of ours.</summary>
internal sealed partial class ProviderScheme(IOptions<OidcOptions> options, ILogger<ProviderScheme> logger) : IConfigureNamedOptions<OpenIdConnectOptions>
{
    /// <summary>The scheme.</summary>
    public const string Name = "Oidc";

    /// <summary>Where its ID token stands in the properties of a sign-out.</summary>
    public const string IdTokenItem = "progresshub.id_token";

    // Asked a moment before the provider's own time is over.
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Unsaid = TimeSpan.FromHours(1);

    public void Configure(OpenIdConnectOptions options) => Configure(null, options);

    public void Configure(string? name, OpenIdConnectOptions oidc)
    {
        var wanted = options.Value;
        if (name != Name || !wanted.IsOn)
            return;
        oidc.SignInScheme = TokenAuthenticationHandler.SchemeName;
        oidc.Authority = wanted.Authority;
        oidc.RequireHttpsMetadata = !new Uri(wanted.Authority!).IsLoopback;
        oidc.ClientId = wanted.ClientId;
        oidc.ClientSecret = wanted.ClientSecret;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        oidc.UsePkce = true;
        oidc.MapInboundClaims = false;
        oidc.SaveTokens = true;
        oidc.CallbackPath = "/sign-in/provider/back";
        oidc.SignedOutCallbackPath = "/sign-out/provider/back";
        oidc.RemoteSignOutPath = PathString.Empty;
        oidc.Scope.Clear();
        foreach (var scope in (string[])["openid", "profile", "offline_access", .. wanted.Scopes])
            oidc.Scope.Add(scope);

        // By a followed link, and not by a form of the provider's page: cookies that go with a form of another site would
        // have to go with every request of any.
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        foreach (var cookie in (CookieBuilder[])[oidc.CorrelationCookie, oidc.NonceCookie])
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        oidc.Events = new OpenIdConnectEvents
        {
            OnTicketReceived = OnSignedInAsync,
            OnRemoteFailure = OnFailed,
            OnRedirectToIdentityProviderForSignOut = OnSigningOut,
        };
    }

    /// <summary>When the provider is to be asked next, by what it said of its token.</summary>
    public static DateTimeOffset AskAt(DateTimeOffset now, string? expires) =>
        DateTimeOffset.TryParse(expires, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at)
            ? (at - Ahead > now ? at - Ahead : now) : now + Unsaid;

    private async Task OnSignedInAsync(TicketReceivedContext context)
    {
        var (http, services, user) = (context.HttpContext, context.HttpContext.RequestServices, context.Principal!);
        var signIns = services.GetRequiredService<SignIns>();
        var subject = user.FindFirst("sub")?.Value
            ?? throw new InvalidOperationException("The provider vouched for somebody without a subject.");
        var account = await services.GetRequiredService<AccountDirectory>().ProvisionAsync(
            options.Value.Authority!, subject, ClaimRoles.NameOf(user, options.Value.NameClaim, subject),
            ClaimRoles.RoleOf(user, options.Value.RoleClaim, options.Value.AdministratorRole), http.RequestAborted);
        context.HandleResponse();
        if (!account.IsEnabled)
        {
            http.Response.Redirect($"{http.Request.PathBase}{SignInEndpoints.Path}?failed=disabled");
            return;
        }

        var tokens = new ProviderTokens(
            context.Properties!.GetTokenValue(OpenIdConnectParameterNames.IdToken),
            context.Properties!.GetTokenValue(OpenIdConnectParameterNames.RefreshToken));
        var askAt = tokens.RefreshToken is null
            ? (DateTimeOffset?)null
            : AskAt(services.GetRequiredService<TimeProvider>().GetUtcNow(), context.Properties!.GetTokenValue("expires_at"));
        await signIns.BeginAsync(http, account, services.GetRequiredService<ProviderTokenProtector>().Protect(tokens), askAt);
        http.Response.Redirect(SignInPage.Back(context.ReturnUri));
    }

    // Refused there, taken too long, or come back with somebody else's answer: whatever it was, one may try again.
    private Task OnFailed(RemoteFailureContext context)
    {
        LogFailed(context.Failure);
        context.HandleResponse();
        context.Response.Redirect($"{context.Request.PathBase}{SignInEndpoints.Path}?failed=provider");
        return Task.CompletedTask;
    }

    private static Task OnSigningOut(RedirectContext context)
    {
        context.ProtocolMessage.IdTokenHint = context.Properties.Items.TryGetValue(IdTokenItem, out var token) ? token : null;
        context.Properties.Items.Remove(IdTokenItem);

        // A provider that knows no signing out: it ends here.
        if (string.IsNullOrEmpty(context.ProtocolMessage.IssuerAddress))
        {
            context.HandleResponse();
            context.Response.Redirect(context.Properties.RedirectUri ?? "/");
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Warning, "Somebody could not be signed in by the provider.")]
    private partial void LogFailed(Exception? failure);
}
