using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.Client.Http;

/// <summary>The JSON of errors.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(Problem))]
internal sealed partial class ProblemJson : JsonSerializerContext;

/// <summary>An error answer (RFC 9457).</summary>
internal sealed record Problem(string? Code, string? Detail, string? Title, string? Property);
