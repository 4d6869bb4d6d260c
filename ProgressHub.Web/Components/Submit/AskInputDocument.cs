using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.Web.Components.Submit;

/// <summary>The input of a question over documents.</summary>
internal sealed record AskInputDocument(string Question, string Collection, string? Language, string? Engine, string? Model, string? ApiKey);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(AskInputDocument))]
internal sealed partial class AskInputJson : JsonSerializerContext;
