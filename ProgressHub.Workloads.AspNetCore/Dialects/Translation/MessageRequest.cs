using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.AspNetCore.Problems;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Translation;

/// <summary>A text to translate. Its <c>ToString</c> has no key in it: it is a class and not a record.</summary>
internal sealed class MessageRequest
{
    /// <summary>The text, up to 2 MiB in UTF-8.</summary>
    [Required]
    public string? Content { get; init; }

    /// <summary>
    /// The model, which says who translates: <c>claude-…</c> is Anthropic's, <c>gpt-…</c>, <c>chatgpt-…</c> and <c>o1</c>,
    /// <c>o3</c> … are OpenAI's; any other goes to the engine that this server is configured with, as does none.
    /// </summary>
    public string? ModelName { get; init; }

    /// <summary>A key for whoever translates. It lives in memory for this job alone.</summary>
    public string? ApiKey { get; init; }

    /// <summary>The language to translate into, such as <c>es</c>; <c>Dialects:Translation:TargetLanguage</c> where it is missing.</summary>
    public string? TargetLanguage { get; init; }

    /// <summary>The language of the text; it is found out where it is missing.</summary>
    public string? SourceLanguage { get; init; }

    /// <summary><c>plain</c>, <c>markdown</c>, <c>srt</c>, <c>vtt</c>, <c>json</c> or <c>po</c>; <c>plain</c> where it is missing.</summary>
    public string? Format { get; init; }

    /// <summary>The same as the input of a job of kind <c>translation</c>.</summary>
    /// <param name="defaultLanguage">The language to translate into where none is named.</param>
    /// <exception cref="RefusedException">There is no text.</exception>
    public JsonElement ToInput(string defaultLanguage)
    {
        if (string.IsNullOrWhiteSpace(Content))
            throw new RefusedException(StatusCodes.Status422UnprocessableEntity, "empty_text", "'content' is missing or empty: there is nothing to translate.", "content");
        return JsonSerializer.SerializeToElement(
            new MessageJobInput(
                Content,
                string.IsNullOrWhiteSpace(Format) ? null : Format,
                string.IsNullOrWhiteSpace(SourceLanguage) ? null : SourceLanguage,
                string.IsNullOrWhiteSpace(TargetLanguage) ? defaultLanguage : TargetLanguage,
                ModelEngines.Of(ModelName),
                string.IsNullOrWhiteSpace(ModelName) ? null : ModelName.Trim(),
                string.IsNullOrWhiteSpace(ApiKey) ? null : ApiKey.Trim()),
            MessageInputJson.Default.MessageJobInput);
    }
}

/// <summary>The input of a job of kind <c>translation</c>; a class and not a record, because of its key.</summary>
internal sealed class MessageJobInput(
    string text, string? format, string? sourceLanguage, string targetLanguage, string? engine, string? model, string? apiKey)
{
    public string Text { get; } = text;

    public string? Format { get; } = format;

    public string? SourceLanguage { get; } = sourceLanguage;

    public string TargetLanguage { get; } = targetLanguage;

    public string? Engine { get; } = engine;

    public string? Model { get; } = model;

    public string? ApiKey { get; } = apiKey;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MessageJobInput))]
internal sealed partial class MessageInputJson : JsonSerializerContext;
