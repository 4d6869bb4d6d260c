using ProgressHub.Core.Workloads;
namespace ProgressHub.Workloads.Knowledge.Embedding;

/// <summary>Turns texts into vectors of length 1, so that a dot product is a cosine. Serves all jobs, several at once.</summary>
internal interface IEmbedder
{
    /// <summary>Its name and version: vectors of two embedders with different names can't be compared.</summary>
    string Id { get; }

    /// <summary>How many texts to send at once.</summary>
    int BatchSize { get; }

    /// <summary>What its vectors consist of.</summary>
    IReadOnlyList<VectorPart> Parts { get; }

    /// <summary>The vectors of texts, one each, in their order. Tries once.</summary>
    /// <exception cref="WorkloadException">It failed; transient or not.</exception>
    Task<IReadOnlyList<float[]>> EmbedAsync(IReadOnlyList<string> texts, string? apiKey, CancellationToken cancellationToken);
}
