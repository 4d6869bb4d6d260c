using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Workloads.Transcription.Engines;

namespace ProgressHub.Workloads.Transcription.Formats;

/// <summary>A transcript as it is kept.</summary>
internal sealed record TranscriptDocument(
    string Text, string? Language, double Duration, string? Engine, IReadOnlyList<TranscriptSegment> Segments)
{
    /// <summary><c>translate</c> where it is told in English; else it is not there.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Task { get; init; }
}

/// <summary>A segment of it; times in seconds.</summary>
internal sealed record TranscriptSegment(
    double Start, double End, string Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Channel = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Speaker = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<SpokenWord>? Words = null);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(TranscriptDocument))]
internal sealed partial class TranscriptJson : JsonSerializerContext
{
    private static TranscriptJson? s_wire;

    /// <summary>As <see cref="Utf8JsonWriter"/> writes.</summary>
    public static TranscriptJson Wire => s_wire ??= new TranscriptJson(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.Default });
}
