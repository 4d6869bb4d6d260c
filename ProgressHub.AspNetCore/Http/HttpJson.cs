using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.AspNetCore.Http;

/// <summary>JSON of any shape, read as strictly as every request is.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(List<string>))]
internal sealed partial class HttpJson : JsonSerializerContext;
