using System.ClientModel;
using System.Numerics.Tensors;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Knowledge.Embedding;

/// <summary>Vectors from any OpenAI-compatible endpoint, by one of its models.</summary>
internal sealed class OpenAIEmbedder(OpenAIConnection connection, string model) : IEmbedder
{
    public const string Name = "openai";

    public string Id => $"{Name}/{model}";

    public int BatchSize => 64;

    // Models differ; these are low enough to let a weak match through and high enough for noise. Stated in the README.
    public IReadOnlyList<VectorPart> Parts { get; } = [VectorPart.Whole(new CosineScale(Gate: 0.25, CjkGate: 0.25, Strong: 0.6))];

    public async Task<IReadOnlyList<float[]>> EmbedAsync(
        IReadOnlyList<string> texts, string? apiKey, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await connection.Connect(apiKey).GetEmbeddingClient(model)
                .GenerateEmbeddingsAsync(texts, cancellationToken: cancellationToken);
            var vectors = new float[texts.Count][];
            foreach (var embedding in answer.Value)
            {
                if (embedding.Index >= 0 && embedding.Index < vectors.Length)
                    vectors[embedding.Index] = Unit(embedding.ToFloats().ToArray());
            }

            return Array.TrueForAll(vectors, vector => vector is { Length: > 0 } && vector.Length == vectors[0].Length)
                ? vectors
                : throw new WorkloadException("engine_failed", "The embedding engine answered with other vectors than it was asked for.");
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception) when (exception is not WorkloadException)
        {
            throw exception is ClientResultException or FormatException or ArgumentException
                ? new WorkloadException("engine_failed", "The embedding engine's answer can't be read.", exception)
                : EngineFaults.From(exception);
        }
    }

    private static float[] Unit(float[] vector)
    {
        var norm = TensorPrimitives.Norm(vector);
        if (!float.IsFinite(norm))
            throw new WorkloadException("engine_failed", "The embedding engine answered with a vector that is no number.");
        if (norm > 0)
            TensorPrimitives.Divide(vector, norm, vector);
        return vector;
    }
}
