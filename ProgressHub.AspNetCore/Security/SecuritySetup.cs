using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Http;

namespace ProgressHub.AspNetCore.Security;

/// <summary>Registers who may ask, and how much of it.</summary>
internal static class SecuritySetup
{
    public static IServiceCollection AddSecurity(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<AuthOptions>()
            .BindConfiguration(AuthOptions.Section).ValidateDataAnnotations();
        services.AddAuthentication(LocalAuthenticationHandler.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, LocalAuthenticationHandler>(LocalAuthenticationHandler.SchemeName, null);
        services.AddAuthorization();
        services.AddOptions<AuthorizationOptions>().Configure<IOptions<AuthOptions>>(RequireScopes);
        services.AddAntiforgery();
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<AuthOptions>>(static (cors, auth) =>
            cors.AddDefaultPolicy(policy => policy.OpenTo(auth.Value.AllowedOrigins)));
        services.AddSubmissionLimiter();
        services.AddSingleton<WatcherLimiter>();
        services.AddHostedService<LoopbackOnly>();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<LimitOptions>>(static (kestrel, limits) =>
        {
            // What was upgraded, to a WebSocket, counts by itself.
            kestrel.Limits.MaxConcurrentConnections = limits.Value.Connections;
            kestrel.Limits.MaxConcurrentUpgradedConnections = limits.Value.Connections;
        });
        return services;
    }

    /// <summary>Where people sign in an endpoint that says nothing lets nobody in but who has signed in.</summary>
    private static void RequireScopes(AuthorizationOptions authorization, IOptions<AuthOptions> auth)
    {
        if (auth.Value.Mode == AuthMode.Local)
            return;
        authorization.DefaultPolicy = new AuthorizationPolicyBuilder()
            .RequireAuthenticatedUser().AddRequirements(new ScopeRequirement()).Build();
        authorization.FallbackPolicy = authorization.DefaultPolicy;
    }

    /// <summary>Pages of these origins may send what they like, and read the answers with the headers that mean something here.</summary>
    public static void OpenTo(this CorsPolicyBuilder policy, string[] origins) => policy
        .WithOrigins(origins).AllowAnyHeader().AllowAnyMethod().AllowCredentials()
        .WithExposedHeaders(
            "Location", "ETag", "Retry-After", ApiHeaders.JobId, ApiHeaders.TusResumable, ApiHeaders.UploadOffset,
            ApiHeaders.UploadLength, ApiHeaders.StreamNextOffset, ApiHeaders.StreamUpToDate, ApiHeaders.StreamClosed,
            ApiHeaders.StreamCursor);
}
