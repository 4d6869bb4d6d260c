using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Knowledge.Embedding;

/// <summary>Meanings of single words by MiniLM, for whoever does without where it can't be loaded.</summary>
internal sealed class MiniLmMeanings(MiniLm model) : IMeanings
{
    public async Task<IReadOnlyList<float[]>?> OfAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        try
        {
            return await model.EmbedAsync(texts, cancellationToken);
        }
        catch (WorkloadException missing) when (missing.Code == "engine_unavailable")
        {
            return null;
        }
    }
}
