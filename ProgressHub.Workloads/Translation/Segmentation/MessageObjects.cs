using System.Text.Json;

namespace ProgressHub.Workloads.Translation.Segmentation;

/// <summary>
/// Catalogues that have an object for each text, with notes beside it: <c>messages.json</c> of browser extensions,
/// <c>package.nls.json</c>, FormatJS, structured JSON. The notes are for translators and programs, and stay.
/// </summary>
internal static class MessageObjects
{
    private static readonly string[] Texts = ["message", "defaultMessage", "string", "value", "translation", "text"];

    private static readonly HashSet<string> Notes = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "description", "comment", "comments", "developer_comment", "note", "notes", "context", "meaning", "placeholders", "example",
        "examples", "character_limit", "characterLimit", "maxLength", "state", "hash", "file", "line", "start", "end", "reviewed", "fuzzy",
    };

    /// <summary>
    /// For each object of a file, in the order in which they open: the name of its text, or null where it is no such object.
    /// Empty where the file is not JSON.
    /// </summary>
    public static Queue<string?> Of(string json, JsonDocumentOptions options)
    {
        var found = new Queue<string?>();
        try
        {
            using var document = JsonDocument.Parse(json.TrimStart('\uFEFF'), options);
            Walk(document.RootElement, found);
        }
        catch (JsonException)
        {
            found.Clear();
        }

        return found;
    }

    private static void Walk(JsonElement element, Queue<string?> found)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
                Walk(item, found);
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            found.Enqueue(TextOf(element));
            foreach (var member in element.EnumerateObject())
                Walk(member.Value, found);
        }
    }

    // A text alone is like any other; the notes make it one with notes.
    private static string? TextOf(JsonElement element)
    {
        var names = element.EnumerateObject().Select(member => member.Name).ToList();
        var texts = names.Where(name => !Notes.Contains(name)).ToList();
        return texts is [var text] && names.Count > 1 && Texts.Contains(text) && element.GetProperty(text).ValueKind == JsonValueKind.String
            ? text
            : null;
    }
}
