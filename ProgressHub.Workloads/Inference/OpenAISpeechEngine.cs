using System.Diagnostics.CodeAnalysis;
using Microsoft.Extensions.AI;
using OpenAI.Audio;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Inference;

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
    public ISpeechToTextClient Connect(string? model, string? apiKey)
    {
        if (Missing(model, apiKey) is { } missing)
            throw new WorkloadException("engine_unavailable", $"The engine 'openai' is not ready. {missing}") { Property = "engine" };
        return connection.Connect(apiKey).GetAudioClient(ModelFor(model)!).AsISpeechToTextClient();
    }

    /// <summary>What to ask of it.</summary>
    /// <param name="language">The language to hear, such as <c>en</c>; null where it is to find out.</param>
    /// <param name="prompt">Words that help with names and style; null for none.</param>
    /// <param name="temperature">How freely it may guess, from 0 to 1; null for as it likes.</param>
    /// <param name="streamed">Whether the answer streams; a whole one is asked for the times of its segments.</param>
    public static SpeechToTextOptions Ask(string? language, string? prompt, float? temperature, bool streamed) => new()
    {
        SpeechLanguage = language,
        RawRepresentationFactory = _ => streamed
            ? new AudioTranscriptionOptions { Prompt = prompt, Temperature = temperature }
            : new AudioTranscriptionOptions
            {
                Prompt = prompt,
                Temperature = temperature,
                ResponseFormat = AudioTranscriptionFormat.Verbose,
                TimestampGranularities = AudioTimestampGranularities.Segment,
            },
    };

    /// <summary>What to ask of it whose answer is to be English; it comes whole.</summary>
    /// <param name="prompt">Words that help with names and style; null for none.</param>
    /// <param name="temperature">How freely it may guess, from 0 to 1; null for as it likes.</param>
    public static SpeechToTextOptions AskInEnglish(string? prompt, float? temperature) => new()
    {
        // A language for the text that is not said to be that of the speech is what asks for a translation.
        TextLanguage = "en",
        RawRepresentationFactory = _ => new AudioTranslationOptions
        {
            Prompt = prompt,
            Temperature = temperature,
            ResponseFormat = AudioTranslationFormat.Verbose,
        },
    };
}
