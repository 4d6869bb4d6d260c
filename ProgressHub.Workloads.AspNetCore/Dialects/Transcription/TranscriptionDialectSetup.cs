using ProgressHub.AspNetCore.Dialects;
namespace ProgressHub.Workloads.AspNetCore.Dialects.Transcription;

/// <summary>Registers the transcription dialect.</summary>
internal static class TranscriptionDialectSetup
{
    public static IServiceCollection AddTranscriptionDialect(this IServiceCollection services)
    {
        services.AddOptionsWithValidateOnStart<TranscriptionDialectOptions>()
            .BindConfiguration(TranscriptionDialectOptions.Section).ValidateDataAnnotations();
        services.AddSingleton<ModelChoice>();
        services.AddSingleton<TranscriptAnswers>();
        services.AddSingleton<TranscriptionIntakes>();
        services.AddSingleton<TranscriptionEndpoint>();
        services.AddSingleton<ProgressEndpoints>();
        services.AddSingleton<IDialect, TranscriptionDialect>();
        return services;
    }
}
