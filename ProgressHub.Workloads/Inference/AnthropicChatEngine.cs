using Anthropic;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Inference;

/// <summary>Chat with Anthropic's models.</summary>
internal sealed class AnthropicChatEngine(
    IOptions<AnthropicOptions> options, IOptions<InferenceOptions> inference, InferenceHttp http) : IChatEngine
{
    // The least of the limits of the models in use; a request may ask for more.
    private const int DefaultOutputTokens = 4096;
    private const int MostOutputTokens = 32_000;

    public string Id => "anthropic";

    public string Label => "Anthropic";

    public bool CallsFunctions => options.Value.FunctionCalling;

    public EngineStatus Status => Missing(null, null) is { } missing
        ? new EngineStatus(Id, Label, Ready: false, missing)
        : new EngineStatus(Id, $"{Label} ({options.Value.Model})", Ready: true);

    public string? Missing(string? model, string? apiKey) =>
        string.IsNullOrEmpty(apiKey) && string.IsNullOrEmpty(options.Value.ApiKey)
            ? "Set Inference:Anthropic:ApiKey, or send apiKey with the request."
            : null;

    public string? ModelFor(string? model) => string.IsNullOrWhiteSpace(model) ? options.Value.Model : model;

    public IChatClient Connect(string? model, string? apiKey)
    {
        if (Missing(model, apiKey) is { } missing)
            throw new WorkloadException("engine_unavailable", $"The engine '{Id}' is not ready. {missing}");
        var client = new AnthropicClient
        {
            ApiKey = !string.IsNullOrEmpty(apiKey) ? apiKey : options.Value.ApiKey,
            // Else the SDK would look for credentials and addresses in the environment and in files.
            AuthToken = null,
            BaseUrl = options.Value.BaseUrl.ToString().TrimEnd('/'),
            MaxRetries = 0,
            Timeout = inference.Value.RequestTimeout + TimeSpan.FromSeconds(5),
            HttpClient = http.Client,
        };
        return client.AsIChatClient(ModelFor(model), DefaultOutputTokens);
    }

    public int? OutputTokens(int characters) => Math.Clamp(characters * 2, 2048, MostOutputTokens);
}
