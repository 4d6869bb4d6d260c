using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.Client.Jobs;

/// <summary>The JSON of jobs.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JobSnapshot))]
[JsonSerializable(typeof(JobPage))]
[JsonSerializable(typeof(JobSubmission))]
[JsonSerializable(typeof(SubmissionReceipt))]
[JsonSerializable(typeof(RetryRequest))]
[JsonSerializable(typeof(AnswerRequest))]
[JsonSerializable(typeof(TagsRequest))]
internal sealed partial class JobJson : JsonSerializerContext;
