using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.Web.Components.Submit;

/// <summary>The input of a question over documents.</summary>
internal sealed record AskInputDocument(string Question, string Collection, string? Language, string? Engine, string? Model, string? ApiKey);

/// <summary>The input of a job that fills a collection.</summary>
internal sealed record IngestInputDocument(string Collection, IReadOnlyList<string> Files, string? ApiKey);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AskInputDocument))]
[JsonSerializable(typeof(IngestInputDocument))]
internal sealed partial class KnowledgeInputJson : JsonSerializerContext;
