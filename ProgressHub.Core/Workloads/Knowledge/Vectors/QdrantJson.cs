using System.Text.Json.Serialization;

namespace ProgressHub.Core.Workloads.Knowledge.Vectors;

// The parts of Qdrant's REST API that are used here: https://api.qdrant.tech (1.10 and later).
internal sealed record QdrantAnswer<T>(T? Result);

internal sealed record QdrantExists(bool Exists);

internal sealed record QdrantCreate(QdrantVectorParameters Vectors);

internal sealed record QdrantVectorParameters(int Size, string Distance);

internal sealed record QdrantFieldIndex(string FieldName, string FieldSchema);

internal sealed record QdrantUpsert(IReadOnlyList<QdrantPoint> Points);

internal sealed record QdrantPoint(long Id, float[] Vector, QdrantPayload Payload);

internal sealed record QdrantPayload(string Collection);

internal sealed record QdrantFilter(IReadOnlyList<QdrantCondition> Must);

/// <summary>Either a field's value or a set of ids.</summary>
internal sealed record QdrantCondition(string? Key = null, QdrantMatch? Match = null, IReadOnlyCollection<long>? HasId = null);

internal sealed record QdrantMatch(string Value);

internal sealed record QdrantDelete(QdrantFilter Filter);

internal sealed record QdrantQuery(float[] Query, QdrantFilter Filter, int Limit, bool WithPayload = false);

internal sealed record QdrantHits(IReadOnlyList<QdrantHit> Points);

internal sealed record QdrantHit(long Id, double Score);

internal sealed record QdrantScroll(QdrantFilter Filter, int Limit, long? Offset, bool WithPayload = false, bool WithVector = false);

internal sealed record QdrantPage(IReadOnlyList<QdrantId> Points, long? NextPageOffset);

internal sealed record QdrantId(long Id);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(QdrantAnswer<QdrantExists>))]
[JsonSerializable(typeof(QdrantAnswer<QdrantHits>))]
[JsonSerializable(typeof(QdrantAnswer<QdrantPage>))]
[JsonSerializable(typeof(QdrantCreate))]
[JsonSerializable(typeof(QdrantFieldIndex))]
[JsonSerializable(typeof(QdrantUpsert))]
[JsonSerializable(typeof(QdrantDelete))]
[JsonSerializable(typeof(QdrantQuery))]
[JsonSerializable(typeof(QdrantScroll))]
internal sealed partial class QdrantJson : JsonSerializerContext;
