using ProgressHub.Workloads.Translation.Segmentation;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Workloads.Translation.Cutting;

/// <summary>The worker that cuts long texts into batches, and says some of them at a time.</summary>
internal sealed class CutWorker() : SingleOperation<CutRequest, CutBatches, int>(
    Cut, CutJson.Default.CutRequest, CutJson.Default.CutBatches, CutJson.Default.Int32)
{
    public const string Kind = "texts";
    public const string Cut = "cut";

    protected override int Run(CutRequest request, Action<CutBatches> said)
    {
        var batches = BatchPacker.Pack(request.Text, request.Format.Segment(request.Text), request.BatchCharacters);
        foreach (var some in CutWire.Write(batches))
            said(some);
        return batches.Count;
    }
}
