using System.ComponentModel.DataAnnotations;

namespace ProgressHub.Workloads.External;

/// <summary>A stage that a program names.</summary>
internal sealed record DeclaredStage
{
    private const string OneLine = "[^\\p{Cc}]*";

    [StringLength(50, MinimumLength = 1), RegularExpression(OneLine, ErrorMessage = "A stage's 'name' is one line.")]
    public required string Name { get; init; }

    [StringLength(100), RegularExpression(OneLine, ErrorMessage = "A stage's 'label' is one line.")]
    public string? Label { get; init; }

    [Range(0, 1e9, MinimumIsExclusive = true, ErrorMessage = "A stage's 'weight' is a positive number of at most a billion.")]
    public double Weight { get; init; } = 1;
}
