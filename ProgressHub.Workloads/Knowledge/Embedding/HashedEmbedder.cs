using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Knowledge.Indexing;

namespace ProgressHub.Workloads.Knowledge.Embedding;

/// <summary>
/// Vectors without a model (<see cref="HashedVectors"/>); numbers are the same in words and in digits, and Chinese in
/// traditional and in simplified characters.
/// </summary>
internal sealed class HashedEmbedder : IEmbedder
{
    public const string Name = "hashed";
    public const int Dimensions = HashedVectors.Dimensions;

    // Measured on the bundled collections; the tests hold the figures.
    public static readonly CosineScale Scale = new(Gate: 0.18, CjkGate: 0.12, Strong: 0.5);

    private readonly Func<string, float[]> _embed;

    /// <summary>The present version, for new collections.</summary>
    public HashedEmbedder()
        : this("hashed-2", Embed)
    {
    }

    private HashedEmbedder(string id, Func<string, float[]> embed) => (Id, _embed) = (id, embed);

    /// <summary>The first version, that collections made by it still need: it told traditional characters from simplified ones.</summary>
    public static HashedEmbedder First { get; } = new("hashed-1", static text => HashedVectors.Of(Prepare(text)));

    public string Id { get; }

    public int BatchSize => 64;

    public IReadOnlyList<VectorPart> Parts { get; } = [VectorPart.Whole(Scale)];

    public Task<IReadOnlyList<float[]>> EmbedAsync(
        IReadOnlyList<string> texts, string? apiKey, CancellationToken cancellationToken)
    {
        var vectors = new float[texts.Count][];
        for (var i = 0; i < vectors.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            vectors[i] = _embed(texts[i]);
        }

        return Task.FromResult<IReadOnlyList<float[]>>(vectors);
    }

    /// <summary>The vector of one text; all zeros where it has no word.</summary>
    public static float[] Embed(string text) => HashedVectors.Of(ChineseVariants.Fold(Prepare(text)));

    private static string Prepare(string text) => NumberReferences.WithDigits(CjkText.Fold(text));
}
