using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.Client.Uploads;

/// <summary>The JSON of uploads.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(UploadState))]
internal sealed partial class UploadJson : JsonSerializerContext;
