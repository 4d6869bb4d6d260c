using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.AspNetCore.Schedules;

/// <summary>The JSON of schedules.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(ScheduleSubmission))]
[JsonSerializable(typeof(ScheduleChange))]
[JsonSerializable(typeof(ScheduleView))]
[JsonSerializable(typeof(ScheduleList))]
[JsonSerializable(typeof(SchedulePreview))]
internal sealed partial class SchedulesJson : JsonSerializerContext;
