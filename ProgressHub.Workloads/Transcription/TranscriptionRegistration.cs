using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Transcription.Audio;
using ProgressHub.Workloads.Transcription.Engines;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Workloads.Transcription;

/// <summary>Registers the transcription workload.</summary>
public static class TranscriptionRegistration
{
    /// <summary>Adds transcription with all its engines, the best first.</summary>
    public static IServiceCollection AddTranscription(this IServiceCollection services)
    {
        services.AddInference();
        services.AddOptionsWithValidateOnStart<TranscriptionOptions>()
            .BindConfiguration(TranscriptionOptions.Section).ValidateDataAnnotations();

        services.AddSingleton<FFmpeg>();
        services.AddSingleton<AudioConversion>();
        services.AddSingleton<AudioPreparation>();
        services.AddWorkers();
        services.AddSingleton<WhisperModels>();
        services.AddSingleton<WhisperWorkers>();
        services.AddSingleton<PocketSphinxModel>();
        services.AddSingleton<ITranscriber, WhisperTranscriber>();
#pragma warning disable MEAI001 // Speech is still marked experimental; the seam to it is small.
        services.AddSingleton<ITranscriber, OpenAITranscriber>();
#pragma warning restore MEAI001
        services.AddSingleton<ITranscriber, PocketSphinxTranscriber>();
        return services.AddWorkload<TranscriptionWorkload>();
    }
}
