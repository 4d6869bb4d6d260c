using System.Text.Json;
using ProgressHub.Workloads.Translation.Segmentation;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Workloads.Translation.Cutting;

/// <summary>The worker that cuts long texts into batches; they go out as its progress.</summary>
internal sealed class CutWorker : IWorkerHandler
{
    public const string Kind = "texts";
    public const string Cut = "cut";

    public JsonElement Handle(string operation, JsonElement input, Action<JsonElement> progress)
    {
        if (operation != Cut)
            throw new ArgumentOutOfRangeException(nameof(operation), operation, "There is no such operation.");
        var request = input.Deserialize(CutJson.Default.CutRequest)!;
        var batches = BatchPacker.Pack(request.Text, request.Format.Segment(request.Text), request.BatchCharacters);
        foreach (var some in CutWire.Write(batches))
            progress(JsonSerializer.SerializeToElement(some, CutJson.Default.CutBatches));
        return JsonSerializer.SerializeToElement(batches.Count, CutJson.Default.Int32);
    }

    public void Dispose()
    {
        // Nothing is kept from one text to the next.
    }
}
