using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.AspNetCore.Analysis;

/// <summary>The JSON of sessions over tables.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(SessionRequest))]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(SampleList))]
[JsonSerializable(typeof(TableReading))]
[JsonSerializable(typeof(PreviewRequest))]
[JsonSerializable(typeof(PreviewView))]
internal sealed partial class SessionJson : JsonSerializerContext;
