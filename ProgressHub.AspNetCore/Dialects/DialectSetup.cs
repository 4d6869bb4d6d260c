using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Http;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.AspNetCore.Security;

namespace ProgressHub.AspNetCore.Dialects;

/// <summary>The rules that hold for every dialect: who may call it from where, and how much it may send.</summary>
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
        return services;
    }

    public static void MapDialects(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        foreach (var dialect in services.GetServices<IDialect>())
        {
            dialect.Map(routes.MapGroup("")
                .WithTag(new ApiTag(dialect.Name, dialect.Description))
                .RequireAuthorization()
                .RequireCors(Policy)
                .WithMetadata(
                    DataOnly.Mark,
                    new OpenTo(services.GetRequiredService<IOptions<DialectOptions>>().Value.AllowedOrigins),
                    new BodyLimit(services.GetRequiredService<IOptions<LimitOptions>>())));
        }
    }
}
