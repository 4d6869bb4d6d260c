using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Tests.Workloads.Contract;

/// <summary>An input with one of each that a schema can say.</summary>
internal sealed record ParcelInput
{
    [Description("Who gets it."), StringLength(12, MinimumLength = 1), Examples("Ann", "Bob")]
    public required string Recipient { get; init; }

    [Range(0.0, 100.0, MinimumIsExclusive = true, MaximumIsExclusive = true)]
    public required double Weight { get; init; }

    public ParcelSize Size { get; init; }

    [Range(1, 20)]
    public int Copies { get; init; } = 1;

    public int? Count { get; init; }

    [AllowedValues(1, 2, 3)]
    public int? Level { get; init; }

    [RegularExpression("[0-9]{5}", ErrorMessage = "'{0}' is five digits.")]
    public string? Postcode { get; init; }

    public bool Express { get; init; } = true;

    public string Nickname { get; init; } = "friend";

    [MinLength(1)]
    public IReadOnlyList<ParcelStage>? Stages { get; init; }

    [MaxLength(2), Examples("""{ "door": "red" }""")]
    public IReadOnlyDictionary<string, string>? Notes { get; init; }

    [StringLength(100, MinimumLength = 1), Refusal("minLength", Code = "empty_text", Message = "There is nothing to write.")]
    public string? Text { get; init; }

    [AllowedValues("en", "zh"), Lenient]
    public string? Language { get; init; }

    [FileInput, MaxLength(5)]
    public IReadOnlyList<string> Files { get; init; } = [];

    [Secret, Trimmed, MaxLength(10)]
    public string? ApiKey { get; init; }

    [JsonIgnore]
    public double Cost { get; init; }
}

internal sealed record ParcelStage(string Name, [Range(0, 1)] double Share = 1);

internal enum ParcelSize
{
    Small,
    Large,
}

[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ClosedInput(int? A = null);

internal sealed record TreeInput(string Name, IReadOnlyList<TreeInput>? Children = null);
