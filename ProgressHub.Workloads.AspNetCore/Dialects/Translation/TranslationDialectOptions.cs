using System.ComponentModel.DataAnnotations;
using ProgressHub.AspNetCore.Dialects;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Translation;

/// <summary>How messages are translated. Configuration section <c>Dialects:Translation</c>.</summary>
internal sealed class TranslationDialectOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = DialectOptions.Section + ":Translation";

    /// <summary>The language that messages are translated into which name none.</summary>
    [Required, RegularExpression("[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}")]
    public string TargetLanguage { get; set; } = "en";

    /// <summary>How long after the last of them the partial results are shown.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "3650.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan PartialsKept { get; set; } = TimeSpan.FromHours(4);
}
