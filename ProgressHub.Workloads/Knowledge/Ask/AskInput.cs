using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Inference.Usage;

namespace ProgressHub.Workloads.Knowledge.Ask;

/// <summary>What is asked, and of what.</summary>
[Trimmed]
internal sealed record AskInput
{
    public const int MaxQuestion = 4000;
    public const int MaxTopK = 20;
    private const int MaxAttributes = 10;

    [StringLength(MaxQuestion, MinimumLength = 1)]
    [Refusal("required", Message = "'question' is missing: what you want to know.")]
    public required string Question { get; init; }

    [Description("The id of a collection: a bundled one, or one of your own."), Examples("lighthouse", "guan_yu"), MaxLength(200)]
    [Refusal("required", Message = "'collection' is missing: the id of a collection, such as lighthouse.")]
    public required string Collection { get; init; }

    [JsonPropertyName("language"), AllowedValues("en", "zh"), Lenient]
    [Description("The language of the messages and the answer, zh being Traditional Chinese; the question's where it is missing.")]
    public string? LanguageCode { get; init; }

    [Description("What writes the answer; the server's default where it is missing. extractive quotes the best passages.")]
    [Refusal("enum", Code = "unknown_engine")]
    public string? Engine { get; init; }

    [Description(EngineInput.Model), MaxLength(EngineInput.MaxModel)]
    public string? Model { get; init; }

    [Description("How many passages to answer from."), Range(1, MaxTopK)]
    public int TopK { get; init; } = 5;

    [JsonPropertyName("attributes"), Description("Answer from documents with all of these attributes alone.")]
    [MaxLength(MaxAttributes), Examples("""{ "number": 40 }""")]
    public IReadOnlyDictionary<string, JsonElement>? GivenAttributes { get; init; }

    [Description("Whether the answer is delivered in pieces while it is written; else as a whole once it is.")]
    public bool Stream { get; init; } = true;

    [Description(EngineInput.Key), Secret, MaxLength(EngineInput.MaxKey)]
    public string? ApiKey { get; init; }

    [Description(EngineInput.BudgetTokens), Range(1, 1_000_000_000_000)]
    public long? BudgetTokens { get; init; }

    [Description(EngineInput.BudgetCost), Range(0.0001, 1_000_000)]
    public double? BudgetCost { get; init; }

    /// <summary>How much of models the job may use.</summary>
    [JsonIgnore]
    public UsageBudget Budget => EngineInput.Budget(BudgetTokens, BudgetCost);

    /// <summary>The language of the answer.</summary>
    [JsonIgnore]
    public AskLanguage Language { get; private init; }

    /// <summary>Only passages of documents with all of these; empty for any.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Attributes { get; private init; } = new Dictionary<string, string>();

    /// <summary>Says in the schema what its attributes take.</summary>
    public static void Shape(JsonObject schema) => schema["properties"]!["attributes"]!["additionalProperties"] =
        new JsonObject { ["type"] = new JsonArray("string", "number") };

    /// <exception cref="WorkloadException"><c>invalid_input</c>, with the property.</exception>
    public AskInput Checked() => this with { Language = ReadLanguage(), Attributes = ReadAttributes() };

    /// <summary>Nothing prints its key by accident.</summary>
    public override string ToString() => nameof(AskInput);

    private AskLanguage ReadLanguage() => LanguageCode?.ToLowerInvariant() switch
    {
        null => CjkText.IsMostlyCjk(Question) ? AskLanguage.Chinese : AskLanguage.English,
        "en" or ['e', 'n', '-', ..] => AskLanguage.English,
        "zh" or ['z', 'h', '-', ..] => AskLanguage.Chinese,
        _ => throw Refuse("language", "'language' is en or zh."),
    };

    private Dictionary<string, string> ReadAttributes()
    {
        var attributes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in GivenAttributes ?? new Dictionary<string, JsonElement>())
        {
            var text = value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
            if (!attributes.TryAdd(name, text))
                throw Refuse("attributes", $"The attribute '{name}' stands there twice.");
        }

        return attributes;
    }

    private static WorkloadException Refuse(string property, string message) =>
        new("invalid_input", message) { Property = property };
}
