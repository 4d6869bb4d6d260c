using System.Globalization;
using System.Text.Json;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Knowledge.Documents;

/// <summary>
/// A deck: a list of <c>{id, title, text, attributes}</c>, or an object with such a list as <c>documents</c>. Further
/// plain properties are attributes. An entry that does not fit is reported, the others stay.
/// </summary>
internal static class JsonDocuments
{
    public static IReadOnlyList<ReadItem> Read(string file, string text)
    {
        try
        {
            using var json = JsonDocument.Parse(text, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            var root = json.RootElement;
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty("documents", out var documents))
                root = documents;
            return root.ValueKind switch
            {
                JsonValueKind.Array when root.GetArrayLength() > 0 =>
                    [.. root.EnumerateArray().Select((entry, index) => Entry(entry, string.Create(CultureInfo.InvariantCulture, $"{file}#{index + 1}")))],
                JsonValueKind.Array => throw new WorkloadException("empty_document", "The deck is empty."),
                JsonValueKind.Object => [Entry(root, file)],
                _ => throw new WorkloadException("invalid_json", "A deck is a list of {id, title, text, attributes}."),
            };
        }
        catch (JsonException exception)
        {
            throw new WorkloadException(
                "invalid_json", $"Line {exception.LineNumber + 1} is not valid JSON.", exception);
        }
    }

    /// <summary>One entry of a deck.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="fallbackId">Its id, where it has none.</param>
    public static ReadItem Entry(JsonElement entry, string fallbackId)
    {
        var name = fallbackId;
        try
        {
            if (entry.ValueKind != JsonValueKind.Object)
                throw new WorkloadException("invalid_document", "An entry of a deck is an object with a text.");
            var id = Plain(entry, "id");
            name = string.IsNullOrWhiteSpace(id) ? fallbackId : id;
            if (Plain(entry, "text") is not { } text)
                throw new WorkloadException("invalid_document", "The entry has no 'text'.");
            return ReadItem.Of(DocumentRules.Check(
                name, Plain(entry, "title"), [new Section(null, text)], Numbered.Attributes(id, Attributes(entry))));
        }
        catch (WorkloadException fault)
        {
            return ReadItem.Failed(name, fault);
        }
        catch (InvalidOperationException exception)
        {
            return ReadItem.Failed(name, new WorkloadException("invalid_text", "A string of the entry is not valid Unicode.", exception));
        }
    }

    private static IEnumerable<KeyValuePair<string, string>> Attributes(JsonElement entry)
    {
        foreach (var property in entry.EnumerateObject())
        {
            if (property.Name is "attributes" && property.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (var attribute in property.Value.EnumerateObject())
                {
                    if (Plain(attribute.Value) is { } value)
                        yield return KeyValuePair.Create(attribute.Name, value);
                }
            }
            else if (property.Name is not ("id" or "title" or "text") && Plain(property.Value) is { } value)
            {
                yield return KeyValuePair.Create(property.Name, value);
            }
        }
    }

    private static string? Plain(JsonElement entry, string property) =>
        entry.TryGetProperty(property, out var value) ? Plain(value) : null;

    private static string? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        _ => null,
    };
}
