using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Workloads.AspNetCore.Knowledge;

/// <summary>The JSON of collections and what is in them.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    AllowDuplicateProperties = false)]
[JsonSerializable(typeof(CollectionBody))]
[JsonSerializable(typeof(CollectionList))]
[JsonSerializable(typeof(RebuildBody))]
[JsonSerializable(typeof(RebuildOrder))]
[JsonSerializable(typeof(DocumentList))]
[JsonSerializable(typeof(SearchHitList))]
[JsonSerializable(typeof(Passage))]
internal sealed partial class CollectionJson : JsonSerializerContext;
