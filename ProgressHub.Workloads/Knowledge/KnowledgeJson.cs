using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Workloads.Knowledge.Ask;
using ProgressHub.Workloads.Knowledge.Ingest;
using ProgressHub.Workloads.Knowledge.Rebuild;

namespace ProgressHub.Workloads.Knowledge;

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Dictionary<string, string>))]
[JsonSerializable(typeof(IngestedDocument))]
[JsonSerializable(typeof(IngestResult))]
[JsonSerializable(typeof(RebuildResult))]
[JsonSerializable(typeof(FoundPassages))]
[JsonSerializable(typeof(AskResult))]
internal sealed partial class KnowledgeJson : JsonSerializerContext
{
    /// <summary>Without escapes beyond what JSON needs, for results that people read.</summary>
    public static KnowledgeJson Readable { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    });
}
