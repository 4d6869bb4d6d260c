using System.Text.Json;

namespace ProgressHub.Core.Workloads.Translation;

/// <summary>The JSON Schema of the input.</summary>
internal static class TranslationSchema
{
    public static JsonElement Input { get; } = Parse(
        $$"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "Translation",
          "type": "object",
          "required": ["text", "targetLanguage"],
          "properties": {
            "text": {
              "type": "string", "minLength": 1, "maxLength": {{TranslationInput.MaxTextBytes}},
              "description": "The text to translate, at most 2 MiB in UTF-8."
            },
            "format": {
              "enum": ["plain", "markdown", "srt"], "default": "plain",
              "description": "What kind of text it is; its structure survives."
            },
            "sourceLanguage": {
              "type": ["string", "null"], "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}$|^auto$",
              "description": "The language of the text, such as en; the engine finds out where it is missing."
            },
            "targetLanguage": {
              "type": "string", "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}$",
              "examples": ["es", "zh-TW"],
              "description": "The language to translate into."
            },
            "engine": {
              "enum": ["pseudo", "apertium", "openai", "anthropic", null],
              "description": "What does the work; the server's default where it is missing."
            },
            "batchCharacters": {
              "type": ["integer", "null"], "minimum": {{TranslationInput.MinBatchCharacters}}, "maximum": {{TranslationInput.MaxBatchCharacters}},
              "description": "How many characters go to the engine at once."
            },
            "model": {
              "type": ["string", "null"], "maxLength": 200,
              "description": "The engine's model, where it has several."
            },
            "apiKey": {
              "type": ["string", "null"], "maxLength": 1000, "writeOnly": true,
              "description": "A key for the engine. It lives in memory for this job only and is never stored."
            }
          }
        }
        """);

    private static JsonElement Parse(string schema)
    {
        using var document = JsonDocument.Parse(schema);
        return document.RootElement.Clone();
    }
}
