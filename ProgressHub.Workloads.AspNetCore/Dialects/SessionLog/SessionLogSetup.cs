using ProgressHub.AspNetCore.Dialects;
namespace ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;

/// <summary>Registers the session log.</summary>
internal static class SessionLogSetup
{
    public static IServiceCollection AddSessionLog(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<SessionLogOptions>()
            .BindConfiguration(SessionLogOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<SessionHistory>();
        services.AddSingleton<SessionAnswers>();
        services.AddSingleton<SessionTables>();
        services.AddSingleton<SessionAsking>();
        services.AddSingleton<SessionLogEndpoints>();
        return services.AddSingleton<IDialect, SessionLogDialect>();
    }
}
