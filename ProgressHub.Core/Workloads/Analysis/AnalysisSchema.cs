using System.Text.Json;
using ProgressHub.Core.Workloads.Analysis.Sandbox;

namespace ProgressHub.Core.Workloads.Analysis;

/// <summary>The JSON Schema of the input.</summary>
internal static class AnalysisSchema
{
    public static JsonElement Input { get; } = JsonElement.Parse(
        $$"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "Analysis",
          "type": "object",
          "anyOf": [{"required": ["question"]}, {"required": ["sql"]}],
          "oneOf": [{"required": ["session"]}, {"required": ["sample"]}, {"required": ["file"]}],
          "properties": {
            "question": {
              "type": "string", "minLength": 1, "maxLength": {{AnalysisInput.MaxQuestion}},
              "examples": ["What stocks have highest volatility?"],
              "description": "What to ask of the table, in plain words."
            },
            "mode": {
              "enum": ["question", "search", "execute", null],
              "description": "`question` (the default) answers; `search` looks up the context of the question alone: earlier questions like it, and the columns and values it speaks of; `execute` runs `sql`."
            },
            "sql": {
              "type": ["string", "null"], "maxLength": {{QueryLimits.Length}}, "examples": ["SELECT count(*) FROM data"],
              "description": "For `execute`: one query that only reads, over the one table, which is called `data`."
            },
            "session": {"type": ["string", "null"], "description": "The session the question belongs to: an id of /api/sessions."},
            "sample": {"type": ["string", "null"], "examples": ["prices"], "description": "A table that comes with the server, instead of a session."},
            "file": {"type": ["string", "null"], "description": "An uploaded CSV or TSV of up to 100 MB, instead of a session."},
            "engine": {
              "enum": ["rules", "openai", "anthropic", null],
              "description": "What plans the query; the server's default where it is missing."
            },
            "model": {"type": ["string", "null"], "maxLength": 200, "description": "The engine's model, where it has several."},
            "language": {"type": ["string", "null"], "maxLength": 20, "description": "The language a model explains in; rules answer in English."},
            "apiKey": {
              "type": ["string", "null"], "maxLength": 1000, "writeOnly": true,
              "description": "A key for the engine. It lives in memory for this job only and is never stored."
            }
          }
        }
        """);
}
