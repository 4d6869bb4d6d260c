namespace ProgressHub.Workloads.Inference;

/// <summary>Tells how near words are in meaning, where a model for it is on this machine.</summary>
internal interface IMeanings
{
    /// <summary>Vectors of length 1, one for each English text, in their order; null where no model can be loaded.</summary>
    Task<IReadOnlyList<float[]>?> OfAsync(IReadOnlyList<string> texts, CancellationToken cancellationToken);
}
