using ProgressHub.AspNetCore.Dialects;
namespace ProgressHub.Workloads.AspNetCore.Dialects.Translation;

/// <summary>Registers the dialect.</summary>
internal static class TranslationDialectSetup
{
    public static IServiceCollection AddTranslationDialect(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<TranslationDialectOptions>()
            .BindConfiguration(TranslationDialectOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<MessageEndpoints>();
        services.AddSingleton<IDialect, TranslationDialect>();
        return services;
    }
}
