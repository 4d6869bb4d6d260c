using System.Text.Json;

namespace ProgressHub.Web.Components.Watching;

/// <summary>A passage that an answer rests on.</summary>
/// <param name="Number">Its number in the answer.</param>
/// <param name="Title">Its document's title.</param>
/// <param name="Quote">What it says.</param>
/// <param name="Url">Where it can be opened, on this server; null for anything else.</param>
internal sealed record AskCitation(int Number, string Title, string Quote, string? Url);

/// <summary>What was found for a question: in the first piece of an ask job, and in its result.</summary>
/// <param name="Citations">The passages.</param>
/// <param name="Confidence">How well they match, 0..1; null where that is not said.</param>
/// <param name="Meaning">What that figure means.</param>
internal sealed record AskFindings(IReadOnlyList<AskCitation> Citations, double? Confidence, string? Meaning)
{
    public static readonly AskFindings None = new([], null, null);

    public static AskFindings Read(JsonElement data)
    {
        if (data.ValueKind != JsonValueKind.Object)
            return None;
        var confidence = data.TryGetProperty("confidence", out var c) && c.ValueKind == JsonValueKind.Object ? c : default;
        return new AskFindings(
            data.TryGetProperty("citations", out var citations) && citations.ValueKind == JsonValueKind.Array
                ? [.. citations.EnumerateArray().Select(Citation)] : [],
            confidence.ValueKind == JsonValueKind.Object && confidence.TryGetProperty("value", out var value)
                && value.TryGetDouble(out var share) ? share : null,
            Text(confidence, "meaning"));
    }

    private static AskCitation Citation(JsonElement citation) => new(
        citation.TryGetProperty("n", out var n) && n.TryGetInt32(out var number) ? number : 0,
        Text(citation, "title") ?? "",
        Text(citation, "quote") ?? "",
        Text(citation, "url") is { } url && url.StartsWith("/api/collections/", StringComparison.Ordinal) ? url : null);

    private static string? Text(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
