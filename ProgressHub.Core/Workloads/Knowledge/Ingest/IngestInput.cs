using System.Globalization;
using System.Text.Json;
using ProgressHub.Core.Workloads.Knowledge.Documents;

namespace ProgressHub.Core.Workloads.Knowledge.Ingest;

/// <summary>A checked request. Its key is not part of it: that comes from the job's secrets.</summary>
/// <param name="Collection">Into which collection.</param>
/// <param name="Files">The ids of uploaded files.</param>
/// <param name="Documents">Documents in the request itself; those that are broken say so.</param>
internal sealed record IngestInput(string Collection, IReadOnlyList<string> Files, IReadOnlyList<ReadItem> Documents)
{
    public const string FilesProperty = "files";
    public const int MaxFiles = 1000;

    /// <exception cref="WorkloadException">Something is missing or wrong; the message names it.</exception>
    public static IngestInput Parse(JsonElement input, int maxDocuments)
    {
        var collection = InputReading.Text(input, "collection", 200)
            ?? throw InputReading.Invalid("collection", "'collection' is missing: the id of a collection.");
        var parsed = new IngestInput(collection, ParseFiles(input), ParseDocuments(input, maxDocuments));
        return parsed.Files.Count + parsed.Documents.Count > 0
            ? parsed
            : throw InputReading.Invalid("documents", "There is nothing to take in: send 'files', 'documents' or both.");
    }

    private static List<string> ParseFiles(JsonElement input)
    {
        if (!input.TryGetProperty(FilesProperty, out var files) || files.ValueKind == JsonValueKind.Null)
            return [];
        // One file may stand alone.
        if (files.ValueKind == JsonValueKind.String)
            return [files.GetString()!];
        if (files.ValueKind != JsonValueKind.Array || files.EnumerateArray().Any(f => f.ValueKind != JsonValueKind.String))
            throw InputReading.Invalid(FilesProperty, "'files' is a list of the ids of uploaded files.");
        return files.GetArrayLength() <= MaxFiles
            ? [.. files.EnumerateArray().Select(f => f.GetString()!)]
            : throw InputReading.Invalid(FilesProperty, $"'files' has at most {MaxFiles} entries.");
    }

    private static List<ReadItem> ParseDocuments(JsonElement input, int maxDocuments)
    {
        if (!input.TryGetProperty("documents", out var documents) || documents.ValueKind == JsonValueKind.Null)
            return [];
        if (documents.ValueKind != JsonValueKind.Array)
            throw InputReading.Invalid("documents", "'documents' is a list of {id, title, text, attributes}.");
        return documents.GetArrayLength() <= maxDocuments
            ? [.. documents.EnumerateArray().Select((d, i) => JsonDocuments.Entry(d, string.Create(CultureInfo.InvariantCulture, $"document {i + 1}")))]
            : throw InputReading.Invalid("documents", $"'documents' has at most {maxDocuments} entries.");
    }
}
