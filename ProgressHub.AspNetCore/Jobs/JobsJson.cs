using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.AspNetCore.Jobs;

/// <summary>
/// The JSON of requests about jobs, and of answers that are not events. Requests are read strictly: a missing or null
/// value where one is needed, and a name that stands twice, are errors; names that mean nothing here are passed over.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(JobSubmission))]
[JsonSerializable(typeof(WebhookSubmission))]
[JsonSerializable(typeof(RetryRequest))]
[JsonSerializable(typeof(AnswerRequest))]
[JsonSerializable(typeof(TagsRequest))]
[JsonSerializable(typeof(TextResult))]
[JsonSerializable(typeof(FileList))]
internal sealed partial class JobsJson : JsonSerializerContext;
