using System.Diagnostics.CodeAnalysis;

namespace ProgressHub.Core.Workloads.Inference;

/// <summary>Speech over any OpenAI-compatible endpoint: OpenAI itself, whisper-server, Speaches, vLLM and others.</summary>
[Experimental("MEAI001")]
internal sealed class OpenAISpeechEngine(OpenAIConnection connection)
{
    /// <summary>What is missing before it can be asked, in words; null where nothing is.</summary>
    public string? Missing(string? model, string? apiKey)
    {
        var options = connection.Options;
        if (options.Endpoint is null && string.IsNullOrEmpty(options.ApiKey) && string.IsNullOrEmpty(apiKey))
        {
            return "Set Inference:OpenAI:ApiKey, or Inference:OpenAI:Endpoint for a server of your own such as whisper-server's "
                + "http://localhost:8080/v1, or send apiKey with the request.";
        }

        return ModelFor(model) is null ? "Set Inference:OpenAI:SpeechModel to a model that the endpoint serves." : null;
    }

    /// <summary>The model that would hear; null where there is none to assume.</summary>
    public string? ModelFor(string? model) =>
        string.IsNullOrWhiteSpace(model) ? connection.Options.EffectiveSpeechModel : model;

    /// <summary>A client for one job.</summary>
    /// <exception cref="WorkloadException"><c>engine_unavailable</c>.</exception>
    public OpenAISpeechClient Connect(string? model, string? apiKey)
    {
        if (Missing(model, apiKey) is { } missing)
            throw new WorkloadException("engine_unavailable", $"The engine 'openai' is not ready. {missing}") { Property = "engine" };
        var name = ModelFor(model)!;
        return new OpenAISpeechClient(
            connection.Connect(apiKey).GetAudioClient(name), name, connection.Options.EffectiveEndpoint);
    }
}
