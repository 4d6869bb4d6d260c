using System.Text.Json;
using ProgressHub.Core.Workloads.Inference;

namespace ProgressHub.Core.Workloads.Knowledge.Ask;

/// <summary>A checked question. Its key is not part of it: that comes from the job's secrets.</summary>
internal sealed record AskInput
{
    public const int MaxQuestion = 4000;
    public const int MaxTopK = 20;
    private const int DefaultTopK = 5;
    private const int MaxAttributes = 10;

    public required string Question { get; init; }

    public required string Collection { get; init; }

    /// <summary>The language of the answer.</summary>
    public required AskLanguage Language { get; init; }

    public string? Engine { get; init; }

    public string? Model { get; init; }

    /// <summary>How many passages to answer from.</summary>
    public int TopK { get; init; } = DefaultTopK;

    /// <summary>Only passages of documents with all of these; empty for any.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether the answer is delivered in pieces while it is written; else as a whole.</summary>
    public bool Stream { get; init; } = true;

    /// <exception cref="WorkloadException">Something is missing or wrong; the message names it.</exception>
    public static AskInput Parse(JsonElement input)
    {
        var question = InputReading.Text(input, "question", MaxQuestion)
            ?? throw InputReading.Invalid("question", "'question' is missing: what you want to know.");
        return new AskInput
        {
            Question = question,
            Collection = InputReading.Text(input, "collection", 200)
                ?? throw InputReading.Invalid("collection", "'collection' is missing: the id of a collection, such as lighthouse."),
            Language = ParseLanguage(input, question),
            Engine = InputReading.Text(input, "engine", 200),
            Model = InputReading.Text(input, "model", 200),
            TopK = InputReading.Number(input, "topK", 1, MaxTopK) ?? DefaultTopK,
            Attributes = ParseAttributes(input),
            Stream = InputReading.Flag(input, "stream") ?? true,
        };
    }

    private static AskLanguage ParseLanguage(JsonElement input, string question) =>
        InputReading.Text(input, "language", 20)?.ToLowerInvariant() switch
        {
            null => CjkText.IsMostlyCjk(question) ? AskLanguage.Chinese : AskLanguage.English,
            "en" or ['e', 'n', '-', ..] => AskLanguage.English,
            "zh" or ['z', 'h', '-', ..] => AskLanguage.Chinese,
            _ => throw InputReading.Invalid("language", "'language' is en or zh."),
        };

    private static Dictionary<string, string> ParseAttributes(JsonElement input)
    {
        if (!input.TryGetProperty("attributes", out var attributes) || attributes.ValueKind == JsonValueKind.Null)
            return [];
        if (attributes.ValueKind != JsonValueKind.Object || attributes.EnumerateObject().Count() > MaxAttributes)
            throw InputReading.Invalid("attributes", $"'attributes' is an object of at most {MaxAttributes} values, such as {{\"number\": 40}}.");
        return attributes.EnumerateObject().ToDictionary(
            a => a.Name,
            a => a.Value.ValueKind switch
            {
                JsonValueKind.String => a.Value.GetString()!,
                JsonValueKind.Number => a.Value.GetRawText(),
                _ => throw InputReading.Invalid("attributes", $"The attribute '{a.Name}' is a string or a number."),
            },
            StringComparer.OrdinalIgnoreCase);
    }
}

/// <summary>A language of messages and answers.</summary>
internal enum AskLanguage
{
    English,

    /// <summary>In Traditional characters.</summary>
    Chinese,
}
