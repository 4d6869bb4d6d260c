using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Knowledge.Rebuild;

/// <summary>Which collection is to be made anew, and with what.</summary>
[Trimmed]
internal sealed record RebuildInput
{
    [Description("The id of a collection of yours."), MaxLength(200)]
    [Refusal("required", Message = "'collection' is missing: the id of a collection.")]
    public required string Collection { get; init; }

    [Description("What makes its new vectors: minilm, hashed or openai; the server's default where it is missing."), MaxLength(50)]
    public string? Embedding { get; init; }

    [Description("A key for the embedding engine. It lives in memory for this job only and is never stored.")]
    [Secret, MaxLength(EngineInput.MaxKey)]
    public string? ApiKey { get; init; }

    /// <summary>Nothing prints its key by accident.</summary>
    public override string ToString() => nameof(RebuildInput);
}

/// <summary>What became of it.</summary>
/// <param name="Collection">The collection.</param>
/// <param name="Embedding">What its vectors are made by now.</param>
/// <param name="Passages">How many passages have one.</param>
internal sealed record RebuildResult(string Collection, string Embedding, long Passages);
