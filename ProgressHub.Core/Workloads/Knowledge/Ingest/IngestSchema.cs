using System.Text.Json;

namespace ProgressHub.Core.Workloads.Knowledge.Ingest;

/// <summary>The JSON Schema of the input.</summary>
internal static class IngestSchema
{
    public static JsonElement Input { get; } = JsonDocument.Parse(
        $$"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "Documents for a collection",
          "type": "object",
          "required": ["collection"],
          "properties": {
            "collection": { "type": "string", "description": "The id of a collection of yours: POST /api/collections makes one." },
            "files": {
              "type": "array", "maxItems": {{IngestInput.MaxFiles}}, "items": { "type": "string" },
              "description": "The ids of uploaded files: .txt, .md, .html, .csv (a row a document) or .json (a list of documents)."
            },
            "documents": {
              "type": "array",
              "items": {
                "type": "object", "required": ["text"],
                "properties": {
                  "id": { "type": ["string", "integer"], "description": "The same id again replaces the document; a number is also its number." },
                  "title": { "type": "string" },
                  "text": { "type": "string" },
                  "attributes": { "type": "object", "additionalProperties": { "type": ["string", "number", "boolean"] } }
                }
              },
              "description": "Documents in the request itself."
            },
            "apiKey": {
              "type": ["string", "null"], "maxLength": 1000, "writeOnly": true,
              "description": "A key for the embedding engine. It lives in memory for this job only and is never stored."
            }
          }
        }
        """).RootElement.Clone();
}
