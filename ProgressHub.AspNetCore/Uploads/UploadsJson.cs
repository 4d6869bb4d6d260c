using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.AspNetCore.Uploads;

/// <summary>The JSON of uploads.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(UploadStatus))]
internal sealed partial class UploadsJson : JsonSerializerContext;
