using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Knowledge.Documents;

namespace ProgressHub.Workloads.Knowledge.Ingest;

/// <summary>What is to be taken in, and into what.</summary>
[Trimmed]
internal sealed record IngestInput
{
    private const int MaxFiles = 1000;

    [Description("The id of a collection of yours: POST /api/collections makes one."), MaxLength(200)]
    [Refusal("required", Message = "'collection' is missing: the id of a collection.")]
    public required string Collection { get; init; }

    [Description("The ids of uploaded files: .pdf, .docx, .xlsx, .pptx, .md, .html, .csv (a row a document), .json (a list of documents), and any other text.")]
    [FileInput, MaxLength(MaxFiles)]
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Entries that are broken are reported one by one; the others are taken in.</summary>
    [JsonPropertyName("documents"), Description("Documents in the request itself."), Lenient]
    [Refusal("type", Message = "'documents' is a list of {id, title, text, attributes}.")]
    public IReadOnlyList<JsonElement> Entries { get; init; } = [];

    [Description("A key for the embedding engine. It lives in memory for this job only and is never stored.")]
    [Secret, MaxLength(EngineInput.MaxKey)]
    public string? ApiKey { get; init; }

    /// <summary>The entries as documents; those that are broken say so.</summary>
    [JsonIgnore]
    public IReadOnlyList<ReadItem> Documents { get; private init; } = [];

    /// <summary>Says in the schema what a document is.</summary>
    public static void Shape(JsonObject schema) => schema["properties"]!["documents"]!["items"] = JsonNode.Parse(
        """
        {
          "type": "object", "required": ["text"],
          "properties": {
            "id": { "type": ["string", "integer"], "description": "The same id again replaces the document; a number is also its number." },
            "title": { "type": "string" },
            "text": { "type": "string" },
            "attributes": { "type": "object", "additionalProperties": { "type": ["string", "number", "boolean"] } }
          }
        }
        """);

    /// <exception cref="WorkloadException"><c>invalid_input</c>, with the property.</exception>
    public IngestInput Checked(int maxDocuments)
    {
        if (Files.Count + Entries.Count == 0)
            throw Refuse("There is nothing to take in: send 'files', 'documents' or both.");
        if (Entries.Count > maxDocuments)
            throw Refuse($"'documents' has at most {maxDocuments} entries.");
        return this with
        {
            Documents = [.. Entries.Select((d, i) => JsonDocuments.Entry(d, string.Create(CultureInfo.InvariantCulture, $"document {i + 1}")))],
        };
    }

    /// <summary>Nothing prints its key by accident.</summary>
    public override string ToString() => nameof(IngestInput);

    private static WorkloadException Refuse(string message) => new("invalid_input", message) { Property = "documents" };
}
