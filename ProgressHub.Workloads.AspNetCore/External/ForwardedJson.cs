using System.Text.Json.Serialization;

namespace ProgressHub.Workloads.AspNetCore.External;

/// <summary>
/// The JSON of reports between nodes. Nodes of two versions may talk while they are replaced one by one: a property may come, none may
/// change what it means.
/// </summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true)]
[JsonSerializable(typeof(ForwardedReport))]
[JsonSerializable(typeof(ForwardedAnswer))]
internal sealed partial class ForwardedJson : JsonSerializerContext;
