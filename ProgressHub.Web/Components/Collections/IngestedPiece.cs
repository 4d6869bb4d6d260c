using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Collections;

/// <summary>What became of a document, in words.</summary>
/// <param name="Index">Its place among the documents of its job.</param>
/// <param name="Name">Its title, or what it is called.</param>
/// <param name="Outcome">What became of it, or why it failed.</param>
/// <param name="Failed">Whether it failed.</param>
internal sealed record IngestedPiece(int Index, string Name, string Outcome, bool Failed)
{
    public static IngestedPiece Read(PartialEvent piece)
    {
        var data = piece.Data is { ValueKind: JsonValueKind.Object } given ? given : default;
        var name = Text(data, "title") ?? Text(data, "id") ?? UiText.Of("A document");
        if (!piece.Ok)
        {
            var why = Text(data, "message") ?? piece.Error;
            return new IngestedPiece(piece.Index, name, why is null ? UiText.Of("It failed.") : RefusalTexts.Of(Text(data, "code"), why), Failed: true);
        }

        var passages = data.ValueKind == JsonValueKind.Object && data.TryGetProperty("passages", out var count) && count.TryGetInt64(out var cut)
            ? $", {CollectionWords.Passages(cut)}" : "";
        return new IngestedPiece(
            piece.Index, name,
            Text(data, "status") switch
            {
                "indexed" => UiText.Of("New{0}", passages),
                "replaced" => UiText.Of("Replaced{0}", passages),
                "unchanged" => UiText.Of("Unchanged, passed over"),
                _ => UiText.Of("Done"),
            },
            Failed: false);
    }

    private static string? Text(JsonElement data, string property) =>
        data.ValueKind == JsonValueKind.Object && data.TryGetProperty(property, out var value)
            && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
