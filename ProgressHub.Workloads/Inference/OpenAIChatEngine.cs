using Microsoft.Extensions.AI;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Inference;

/// <summary>Chat over any OpenAI-compatible endpoint.</summary>
internal sealed class OpenAIChatEngine(OpenAIConnection connection) : IChatEngine
{
    public string Id => "openai";

    public string Label => "OpenAI-compatible endpoint";

    public bool CallsFunctions => connection.Options.FunctionCalling;

    public EngineStatus Status => Missing(null, null) is { } missing
        ? new EngineStatus(Id, Label, Ready: false, missing)
        : new EngineStatus(Id, $"{Label} ({ModelFor(null)})", Ready: true);

    public string? Missing(string? model, string? apiKey)
    {
        var options = connection.Options;
        if (options.Endpoint is null && string.IsNullOrEmpty(options.ApiKey) && string.IsNullOrEmpty(apiKey))
        {
            return "Set Inference:OpenAI:ApiKey, or Inference:OpenAI:Endpoint for a server of your own such as Ollama's "
                + "http://localhost:11434/v1, or send apiKey with the request.";
        }

        return ModelFor(model) is null ? "Set Inference:OpenAI:ChatModel to a model that the endpoint serves." : null;
    }

    public string? ModelFor(string? model) =>
        string.IsNullOrWhiteSpace(model) ? connection.Options.EffectiveChatModel : model;

    public IChatClient Connect(string? model, string? apiKey)
    {
        if (Missing(model, apiKey) is { } missing)
            throw new WorkloadException("engine_unavailable", $"The engine '{Id}' is not ready. {missing}");
        return connection.Connect(apiKey).GetChatClient(ModelFor(model)!).AsIChatClient();
    }

    // Models that think count their thoughts into a limit, so none is set.
    public int? OutputTokens(int characters) => null;
}
