using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Core.Webhooks;
using ProgressHub.Core.Workloads.External;
using ProgressHub.Web.Analysis;
using ProgressHub.Web.External;
using ProgressHub.Web.Knowledge;
using ProgressHub.Web.Uploads;
using ProgressHub.Web.Workloads;

namespace ProgressHub.Web.Jobs;

/// <summary>
/// The JSON of requests and of what is not an event. Requests are read strictly: a missing or null value where one is
/// needed, and a name that stands twice, are errors; names that mean nothing here are passed over.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(JobSubmission))]
[JsonSerializable(typeof(RetryRequest))]
[JsonSerializable(typeof(AnswerRequest))]
[JsonSerializable(typeof(TextResult))]
[JsonSerializable(typeof(UpdateBody))]
[JsonSerializable(typeof(LogBody))]
[JsonSerializable(typeof(CompleteBody))]
[JsonSerializable(typeof(FailBody))]
[JsonSerializable(typeof(ExternalAnswer))]
[JsonSerializable(typeof(WorkloadList))]
[JsonSerializable(typeof(CollectionBody))]
[JsonSerializable(typeof(CollectionList))]
[JsonSerializable(typeof(DocumentList))]
[JsonSerializable(typeof(SearchHitList))]
[JsonSerializable(typeof(WebhookSubmission))]
[JsonSerializable(typeof(WebhookView))]
[JsonSerializable(typeof(UploadStatus))]
[JsonSerializable(typeof(FileList))]
[JsonSerializable(typeof(SessionRequest))]
[JsonSerializable(typeof(SessionView))]
[JsonSerializable(typeof(SessionList))]
[JsonSerializable(typeof(SampleList))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(List<string>))]
internal sealed partial class ApiJson : JsonSerializerContext;
