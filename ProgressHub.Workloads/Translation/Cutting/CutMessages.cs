using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.Workloads.Translation.Cutting;

/// <summary>A text that a worker is to cut.</summary>
/// <param name="Text">The text.</param>
/// <param name="Format">What it is.</param>
/// <param name="BatchCharacters">How large a batch may be.</param>
internal sealed record CutRequest(string Text, TranslationFormat Format, int BatchCharacters);

/// <summary>Some of its batches, as <see cref="CutWire"/> writes them.</summary>
/// <param name="Numbers">Where they are.</param>
/// <param name="Words">The words of the pieces that say theirs elsewhere, in their order.</param>
internal sealed record CutBatches(IReadOnlyList<int> Numbers, IReadOnlyList<string> Words);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(CutRequest))]
[JsonSerializable(typeof(CutBatches))]
[JsonSerializable(typeof(int))]
internal sealed partial class CutJson : JsonSerializerContext;
