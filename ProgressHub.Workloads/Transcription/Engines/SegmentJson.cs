using System.Text.Json.Serialization;

namespace ProgressHub.Workloads.Transcription.Engines;

/// <summary>When something is said, by whom, and with which words; times in seconds.</summary>
internal sealed record SpokenInterval(
    [property: JsonRequired] double Start, [property: JsonRequired] double End, int? Channel = null, string? Speaker = null, IReadOnlyList<SpokenWord>? Words = null);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(SpokenInterval))]
internal sealed partial class SegmentJson : JsonSerializerContext;
