using System.Text.Json;

namespace ProgressHub.Core.Workloads.Knowledge.Ask;

/// <summary>The JSON Schema of the input.</summary>
internal static class AskSchema
{
    public static JsonElement Input { get; } = JsonDocument.Parse(
        $$"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "Question",
          "type": "object",
          "required": ["question", "collection"],
          "properties": {
            "question": { "type": "string", "minLength": 1, "maxLength": {{AskInput.MaxQuestion}} },
            "collection": {
              "type": "string", "examples": ["lighthouse", "guan_yu"],
              "description": "The id of a collection: a bundled one, or one of your own."
            },
            "language": {
              "enum": ["en", "zh", null],
              "description": "The language of the messages and the answer, zh being Traditional Chinese; the question's where it is missing."
            },
            "engine": {
              "enum": ["extractive", "openai", "anthropic", null],
              "description": "What writes the answer; the server's default where it is missing. extractive quotes the best passages."
            },
            "model": { "type": ["string", "null"], "maxLength": 200, "description": "The engine's model, where it has several." },
            "topK": {
              "type": ["integer", "null"], "minimum": 1, "maximum": {{AskInput.MaxTopK}}, "default": 5,
              "description": "How many passages to answer from."
            },
            "attributes": {
              "type": ["object", "null"], "additionalProperties": { "type": ["string", "number"] }, "examples": [{ "number": 40 }],
              "description": "Answer from documents with all of these attributes alone."
            },
            "stream": {
              "type": ["boolean", "null"], "default": true,
              "description": "Whether the answer is delivered in pieces while it is written; else as a whole once it is."
            },
            "apiKey": {
              "type": ["string", "null"], "maxLength": 1000, "writeOnly": true,
              "description": "A key for the engine. It lives in memory for this job only and is never stored."
            }
          }
        }
        """).RootElement.Clone();
}
