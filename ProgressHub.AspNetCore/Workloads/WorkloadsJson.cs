using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.AspNetCore.Workloads;

/// <summary>The JSON of what a server can do.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(WorkloadList))]
internal sealed partial class WorkloadsJson : JsonSerializerContext;
