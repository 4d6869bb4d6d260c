using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Translation.Cutting;
using ProgressHub.Workloads.Translation.Engines;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Workloads.Translation;

/// <summary>Registers the translation workload.</summary>
public static class TranslationRegistration
{
    /// <summary>Adds translation with all its engines.</summary>
    public static IServiceCollection AddTranslation(this IServiceCollection services)
    {
        services.AddInference();
        services.AddOptionsWithValidateOnStart<TranslationOptions>()
            .BindConfiguration(TranslationOptions.Section).ValidateDataAnnotations();

        services.AddWorkers();
        services.AddSingleton<TextCutter>();
        services.AddSingleton<ApertiumPairs>();
        services.AddSingleton<ITranslator, PseudoTranslator>();
        services.AddSingleton<ITranslator, ApertiumTranslator>();
        services.AddSingleton<ITranslator>(provider => Chat(provider, "openai"));
        services.AddSingleton<ITranslator>(provider => Chat(provider, "anthropic"));
        return services.AddWorkload<TranslationWorkload>();
    }

    private static ChatTranslator Chat(IServiceProvider provider, string id) => new(
        provider.GetServices<IChatEngine>().Single(engine => engine.Id == id), provider.GetRequiredService<ChatCall>());
}
