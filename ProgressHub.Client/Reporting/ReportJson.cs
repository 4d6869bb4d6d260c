using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.Client.Reporting;

/// <summary>The JSON that a program reports with.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(List<WireUpdate>))]
[JsonSerializable(typeof(WireInput))]
[JsonSerializable(typeof(WireComplete))]
[JsonSerializable(typeof(WireFailure))]
[JsonSerializable(typeof(ReportAnswer))]
[JsonSerializable(typeof(TicketFileContent))]
internal sealed partial class ReportJson : JsonSerializerContext;
