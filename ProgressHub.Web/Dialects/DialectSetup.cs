using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using ProgressHub.Web.Dialects.SessionLog;
using ProgressHub.Web.Dialects.StreamingChat;
using ProgressHub.Web.Dialects.Transcription;
using ProgressHub.Web.Dialects.Translation;
using ProgressHub.Web.Security;

namespace ProgressHub.Web.Dialects;

/// <summary>Registers the other systems' APIs: a line each, here.</summary>
internal static class DialectSetup
{
    private const string Policy = "dialects";

    public static IServiceCollection AddDialects(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<DialectOptions>()
            .BindConfiguration(DialectOptions.Section).ValidateDataAnnotations();
        services.AddOptions<CorsOptions>().Configure<IOptions<AuthOptions>, IOptions<DialectOptions>>(
            static (cors, auth, dialects) => cors.AddPolicy(
                Policy, policy => policy.OpenTo([.. auth.Value.AllowedOrigins, .. dialects.Value.AllowedOrigins])));
        services.AddSingleton<DialectStreams>();
        services.AddTranscriptionDialect();
        services.AddSingleton<IDialect, StreamingChatDialect>();
        services.AddSessionLog();
        services.AddTranslationDialect();
        return services;
    }

    public static void MapDialects(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        foreach (var dialect in services.GetServices<IDialect>())
        {
            dialect.Map(routes.MapGroup("")
                .WithTags(dialect.Name)
                .RequireAuthorization()
                .RequireCors(Policy)
                .WithMetadata(
                    DataOnly.Mark,
                    new OpenTo(services.GetRequiredService<IOptions<DialectOptions>>().Value.AllowedOrigins),
                    new BodyLimit(services.GetRequiredService<IOptions<LimitOptions>>())));
        }
    }
}
