using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Workloads.Inference.Prompts;

namespace ProgressHub.Workloads.Translation.Engines;

/// <summary>
/// What a chat model is told: a numbered JSON array goes in, the same is to come out.
/// </summary>
internal static class ChatPrompt
{
    private const string Feature = "Translation";

    public static PromptFile File => PromptFile.Get(Feature, "translate");

    /// <summary>What goes into the prompt.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> ValuesAsync(
        IReadOnlyList<string> segments, TranslationOrder order, string? complaint, CancellationToken cancellationToken) => new Dictionary<string, string>
        {
            ["from"] = order.From is null ? "the language it is written in" : LanguageCodes.EnglishName(order.From),
            ["to"] = LanguageCodes.EnglishName(order.To),
            ["again"] = complaint is null ? "" : await PromptFile.Get(Feature, "again")
                .FillAsync(new Dictionary<string, string> { ["complaint"] = complaint }, cancellationToken),
            ["segments"] = JsonSerializer.Serialize(
                segments.Select((text, index) => new PromptSegment(index + 1, text)).ToArray(), ChatPromptJson.Readable.PromptSegmentArray),
        };
}

/// <summary>A segment as a model sees it.</summary>
internal sealed record PromptSegment(
    [property: JsonPropertyName("id")] int Id, [property: JsonPropertyName("text")] string Text);

[JsonSerializable(typeof(PromptSegment[]))]
internal sealed partial class ChatPromptJson : JsonSerializerContext
{
    /// <summary>Without escapes beyond what JSON needs: models read Chinese better than <c>\u4e2d</c>.</summary>
    public static ChatPromptJson Readable { get; } =
        new(new JsonSerializerOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
