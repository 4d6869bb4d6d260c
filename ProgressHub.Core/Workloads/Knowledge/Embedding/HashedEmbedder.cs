using ProgressHub.Core.Workloads.Inference;
using ProgressHub.Core.Workloads.Knowledge.Retrieval;

namespace ProgressHub.Core.Workloads.Knowledge.Embedding;

/// <summary>Vectors without a model (<see cref="HashedVectors"/>); numbers are the same in words and in digits.</summary>
internal sealed class HashedEmbedder : IEmbedder
{
    public const string Name = "hashed";
    public const int Dimensions = HashedVectors.Dimensions;

    public string Id => HashedVectors.Id;

    public int BatchSize => 64;

    // Measured on the bundled collections; the tests hold the figures.
    public double Gate(bool cjk) => cjk ? 0.12 : 0.18;

    public double Strong => 0.5;

    public Task<IReadOnlyList<float[]>> EmbedAsync(
        IReadOnlyList<string> texts, string? apiKey, CancellationToken cancellationToken)
    {
        var vectors = new float[texts.Count][];
        for (var i = 0; i < vectors.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            vectors[i] = Embed(texts[i]);
        }

        return Task.FromResult<IReadOnlyList<float[]>>(vectors);
    }

    /// <summary>The vector of one text; all zeros where it has no word.</summary>
    public static float[] Embed(string text) => HashedVectors.Of(NumberReferences.WithDigits(CjkText.Fold(text)));
}
