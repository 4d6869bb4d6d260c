using System.Text.Json;

namespace ProgressHub.Core.Workloads.Transcription;

/// <summary>The JSON Schema of the input.</summary>
internal static class TranscriptionSchema
{
    public static JsonElement Input { get; } = Parse(
        $$"""
        {
          "$schema": "https://json-schema.org/draft/2020-12/schema",
          "title": "Transcription",
          "type": "object",
          "required": ["file"],
          "properties": {
            "file": {
              "type": "string", "pattern": "^[0-9a-f]{32}$",
              "description": "The id of an uploaded audio or video file; a form's file part stands in for it."
            },
            "engine": {
              "enum": ["whisper-cli", "openai", "pocketsphinx", null],
              "description": "What does the work; the server's default where it is missing."
            },
            "language": {
              "type": ["string", "null"], "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}$|^auto$",
              "description": "The language that is spoken, such as en; the engine finds out where it is missing. PocketSphinx knows English."
            },
            "model": {
              "type": ["string", "null"], "maxLength": {{TranscriptionInput.MaxName}},
              "description": "The engine's model, where it has several; for whisper-cli a name in the models folder, such as base.en."
            },
            "grammar": {
              "type": ["string", "null"], "maxLength": {{TranscriptionInput.MaxGrammar}},
              "description": "For PocketSphinx: a JSGF grammar of what may be said, or the right side of its one rule.",
              "examples": ["((front | rear | side) (center | left | right))+"]
            },
            "prompt": {
              "type": ["string", "null"], "maxLength": {{TranscriptionInput.MaxPrompt}},
              "description": "For whisper-cli and OpenAI: words that help with names and style."
            },
            "temperature": {
              "type": ["number", "null"], "minimum": 0, "maximum": 1,
              "description": "For whisper-cli and OpenAI: how freely it may guess; the engine's own where it is missing."
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
