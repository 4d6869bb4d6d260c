using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using System.Text.Json.Serialization;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Inference.Usage;

namespace ProgressHub.Workloads.Translation;

/// <summary>What is to be translated, from what to what, and with what.</summary>
internal sealed record TranslationInput
{
    public const int MinBatchCharacters = 50;
    public const int MaxBatchCharacters = 20_000;
    public const int MaxTextBytes = 2 * 1024 * 1024;

    /// <summary>Its bound is one of bytes, which no schema can say.</summary>
    [Description("The text to translate, at most 2 MiB in UTF-8."), StringLength(MaxTextBytes, MinimumLength = 1), Lenient]
    [Refusal("required", Message = "'text' is missing: the text to translate.")]
    public required string Text { get; init; }

    [Description("What kind of text it is; its structure survives."), Refusal("enum", Code = "unknown_format")]
    public TranslationFormat Format { get; init; }

    /// <summary>Null where the engine is to find out.</summary>
    [Description("The language of the text, such as en; the engine finds out where it is missing."), Trimmed]
    [RegularExpression(EngineInput.LanguageOrAuto, ErrorMessage = "'{0}' is a language code such as es, spa or zh-TW.")]
    public string? SourceLanguage { get; init => field = value is "auto" ? null : value; }

    [Description("The language to translate into."), Examples("es", "zh-TW"), Trimmed]
    [RegularExpression(EngineInput.Language, ErrorMessage = "'{0}' is a language code such as es, spa or zh-TW.")]
    [Refusal("required", Message = "'targetLanguage' is missing: a language code such as es or zh-TW.")]
    public required string TargetLanguage { get; init; }

    [Description("What does the work; the server's default where it is missing."), Trimmed]
    [Refusal("enum", Code = "unknown_engine")]
    public string? Engine { get; init; }

    [Description("How many characters go to the engine at once."), Range(MinBatchCharacters, MaxBatchCharacters)]
    public int? BatchCharacters { get; init; }

    [Description(EngineInput.Model), Trimmed, MaxLength(EngineInput.MaxModel)]
    public string? Model { get; init; }

    [Description(EngineInput.Key), Secret, Trimmed, MaxLength(EngineInput.MaxKey)]
    public string? ApiKey { get; init; }

    [Description(EngineInput.BudgetTokens), Range(1, 1_000_000_000_000)]
    public long? BudgetTokens { get; init; }

    [Description(EngineInput.BudgetCost), Range(0.0001, 1_000_000)]
    public double? BudgetCost { get; init; }

    /// <summary>How much of models the job may use.</summary>
    [JsonIgnore]
    public UsageBudget Budget => EngineInput.Budget(BudgetTokens, BudgetCost);

    /// <exception cref="WorkloadException"><c>empty_text</c> or <c>text_too_long</c>.</exception>
    public TranslationInput Checked()
    {
        if (string.IsNullOrWhiteSpace(Text))
            throw Refuse("empty_text", "'text' is empty: there is nothing to translate.");
        var bytes = Encoding.UTF8.GetByteCount(Text);
        return bytes <= MaxTextBytes ? this : throw Refuse("text_too_long", string.Create(
            CultureInfo.InvariantCulture,
            $"'text' has {bytes:N0} bytes in UTF-8; at most {MaxTextBytes:N0} are taken. Translate it in parts."));
    }

    /// <summary>Nothing prints its key by accident.</summary>
    public override string ToString() => nameof(TranslationInput);

    private static WorkloadException Refuse(string code, string message) => new(code, message) { Property = "text" };
}
