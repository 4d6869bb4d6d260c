using System.Text.Json;
using System.Text.RegularExpressions;
using ProgressHub.Core.Events;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Watching;

/// <summary>A passage that an answer rests on.</summary>
/// <param name="Number">Its number in the answer.</param>
/// <param name="Title">Its document's title, what it stands under there, and the page or line.</param>
/// <param name="Quote">What it says.</param>
/// <param name="Page">Its page, relative to the UI; null where it has none.</param>
internal sealed record AskCitation(int Number, string Title, string Quote, string? Page);

/// <summary>What was found for a question: in the first piece of an ask job, and in its result.</summary>
/// <param name="Citations">The passages.</param>
/// <param name="Confidence">How well they match, 0..1; null where that is not said.</param>
/// <param name="Meaning">What that figure means.</param>
internal sealed partial record AskFindings(IReadOnlyList<AskCitation> Citations, double? Confidence, string? Meaning)
{
    private const double Fair = 0.35;
    private const double Strong = 0.65;

    public static readonly AskFindings None = new([], null, null);

    /// <summary>Whether it was looked for, and nothing was found.</summary>
    public bool IsEmpty => Confidence is <= 0 && Citations.Count == 0;

    /// <summary>How well the passages fit, in a word; null where that is not said.</summary>
    public string? Fit => Confidence switch
    {
        null => null,
        <= 0 => UiText.Of("Fit: none"),
        < Fair => UiText.Of("Fit: weak"),
        < Strong => UiText.Of("Fit: fair"),
        _ => UiText.Of("Fit: strong"),
    };

    /// <summary>What was found, of an ask job's pieces; none where they are another job's.</summary>
    public static AskFindings Of(IEnumerable<PartialEvent> pieces) =>
        pieces.Select(piece => piece.Data).FirstOrDefault(data => data is not null) is { } data ? Read(data) : None;

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
        Name(Text(citation, "title") ?? "", Text(citation, "heading")) + Place(citation),
        Text(citation, "quote") ?? "",
        Text(citation, "url") is { } url && PassageUrl().IsMatch(url) ? url["/api/".Length..] : null);

    // Of what a job says nothing else becomes a link.
    [GeneratedRegex("^/api/collections/[0-9a-z_]{1,64}/passages/[0-9]{1,19}$")]
    private static partial Regex PassageUrl();

    private static string Name(string title, string? heading) =>
        string.IsNullOrWhiteSpace(heading) || heading == title ? title : $"{title} · {heading}";

    private static string Place(JsonElement citation) =>
        Number(citation, "page") is { } page ? UiText.Of(" · page {0}", page) : Number(citation, "line") is { } line ? UiText.Of(" · line {0}", line) : "";

    private static int? Number(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value)
            && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number : null;

    private static string? Text(JsonElement element, string property) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(property, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
