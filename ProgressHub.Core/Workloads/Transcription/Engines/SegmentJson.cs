using System.Text.Json.Serialization;

namespace ProgressHub.Core.Workloads.Transcription.Engines;

/// <summary>When something is said, in seconds.</summary>
internal sealed record SegmentTimes(double Start, double End);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SegmentTimes))]
internal sealed partial class SegmentJson : JsonSerializerContext;
