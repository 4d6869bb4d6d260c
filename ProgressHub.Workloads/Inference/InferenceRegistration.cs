using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProgressHub.Workloads.Inference.Usage;

namespace ProgressHub.Workloads.Inference;

/// <summary>Registers the engines that workloads share.</summary>
public static class InferenceRegistration
{
    /// <summary>Adds chat engines, their HTTP client and their retry. Adding them twice is adding them once.</summary>
    public static IServiceCollection AddInference(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(InferenceHttp)))
            return services;

        services.AddOptionsWithValidateOnStart<InferenceOptions>()
            .BindConfiguration(InferenceOptions.Section).ValidateDataAnnotations()
            .PostConfigure<IConfiguration>(static (options, configuration) => ModelPrices.Read(configuration, options.Prices))
            .Validate(o => o.HasValidPrices, "Inference:Prices has an InputPerMillion and an OutputPerMillion for each model, neither below 0.");
        services.AddOptionsWithValidateOnStart<BudgetOptions>()
            .BindConfiguration(BudgetOptions.Section).ValidateDataAnnotations();
        services.AddOptionsWithValidateOnStart<OpenAIOptions>()
            .BindConfiguration(OpenAIOptions.Section).ValidateDataAnnotations()
            .Validate(o => o.HasValidEndpoint, "Inference:OpenAI:Endpoint is an absolute http or https address.");
        services.AddOptionsWithValidateOnStart<AnthropicOptions>()
            .BindConfiguration(AnthropicOptions.Section).ValidateDataAnnotations()
            .Validate(o => o.HasValidBaseUrl, "Inference:Anthropic:BaseUrl is an absolute http or https address.");

        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<InferenceHttp>();
        services.AddSingleton<OpenAIConnection>();
        services.AddSingleton<IChatEngine, OpenAIChatEngine>();
        services.AddSingleton<IChatEngine, AnthropicChatEngine>();
        services.AddSingleton<ChatCall>();
#pragma warning disable MEAI001 // Speech is still marked experimental; the seam to it is small.
        services.AddSingleton<OpenAISpeechEngine>();
        services.AddSingleton<SpeechCall>();
#pragma warning restore MEAI001
        services.AddSingleton<TransientRetry>();
        return services;
    }
}
