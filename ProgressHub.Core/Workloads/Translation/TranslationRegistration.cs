using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Workloads.Inference;
using ProgressHub.Core.Workloads.Translation.Engines;

namespace ProgressHub.Core.Workloads.Translation;

/// <summary>Registers the translation workload.</summary>
public static class TranslationRegistration
{
    /// <summary>Adds translation with all its engines.</summary>
    public static IServiceCollection AddTranslation(this IServiceCollection services)
    {
        services.AddInference();
        services.AddOptionsWithValidateOnStart<TranslationOptions>()
            .BindConfiguration(TranslationOptions.Section).ValidateDataAnnotations();

        services.AddSingleton<ApertiumPairs>();
        services.AddSingleton<ITranslator, PseudoTranslator>();
        services.AddSingleton<ITranslator, ApertiumTranslator>();
        services.AddSingleton<ITranslator>(provider => Chat(provider, "openai"));
        services.AddSingleton<ITranslator>(provider => Chat(provider, "anthropic"));
        services.AddSingleton<IWorkload, TranslationWorkload>();
        return services;
    }

    private static ChatTranslator Chat(IServiceProvider provider, string id) => new(
        provider.GetServices<IChatEngine>().Single(engine => engine.Id == id), provider.GetRequiredService<ChatCall>());
}
