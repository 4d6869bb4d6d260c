using System.ComponentModel.DataAnnotations;

namespace ProgressHub.Workloads.Translation;

/// <summary>How translations are done.</summary>
public sealed class TranslationOptions
{
    /// <summary>Where these options live in the configuration.</summary>
    public const string Section = "Translation";

    /// <summary>The engine of requests that name none: <c>pseudo</c>, <c>apertium</c>, <c>openai</c> or <c>anthropic</c>.</summary>
    [RegularExpression("pseudo|apertium|openai|anthropic")]
    public string DefaultEngine { get; set; } = "pseudo";

    /// <summary>How many batches of one job are with the engine at once.</summary>
    [Range(1, 64)]
    public int MaxParallelBatches { get; set; } = 4;

    /// <summary>The batch size in characters of requests that name none.</summary>
    [Range(TranslationInput.MinBatchCharacters, TranslationInput.MaxBatchCharacters)]
    public int BatchCharacters { get; set; } = 1200;

    /// <summary>
    /// How long cutting a text into batches may take; a process of its own does it where the text is long, and is ended then.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan CutTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// After how many failed batches in a row, with the same error, the job ends instead of trying the rest: any error
    /// while nothing has succeeded yet, later only an engine that is gone.
    /// </summary>
    [Range(1, 1000)]
    public int GiveUpAfter { get; set; } = 4;

    /// <summary>
    /// How long pseudo-localisation takes for 1,000 characters. It needs no time of its own; the pause makes a
    /// demonstration watchable. Zero turns it off.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan PseudoDelay { get; set; } = TimeSpan.FromSeconds(1.5);

    /// <summary>The Apertium program, by name or path.</summary>
    [Required]
    public string ApertiumCommand { get; set; } = "apertium";

    /// <summary>How long Apertium may take for one batch.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ApertiumTimeout { get; set; } = TimeSpan.FromMinutes(2);
}
