using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using ProgressHub.Web.Jobs;
using ProgressHub.Web.Uploads;

namespace ProgressHub.Web.Security;

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
        services.AddAntiforgery();
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<IOptions<AuthOptions>>(static (cors, auth) =>
            cors.AddDefaultPolicy(policy => policy
                .WithOrigins(auth.Value.AllowedOrigins).AllowAnyHeader().AllowAnyMethod().AllowCredentials()
                .WithExposedHeaders(
                    "Location", "ETag", "Retry-After", SubmitEndpoint.JobIdHeader, TusProtocol.Resumable,
                    TusProtocol.UploadOffset, TusProtocol.UploadLength)));
        services.AddSubmissionLimiter();
        services.AddSingleton<WatcherLimiter>();
        services.AddHostedService<LoopbackOnly>();
        return services;
    }
}
