using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.Web.Components.Uploading;

/// <summary>The input of a job that fills a collection.</summary>
internal sealed record IngestInputDocument(string Collection, IReadOnlyList<string> Files, string? ApiKey);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(IngestInputDocument))]
internal sealed partial class IngestInputJson : JsonSerializerContext;
