using ProgressHub.Web.Localization;
using ProgressHub.Workloads.Translation;

namespace ProgressHub.Web.Components.Submit;

/// <summary>A text that comes with the product, to try it with.</summary>
/// <param name="Label">What it is.</param>
/// <param name="FileName">What it would be called as a file.</param>
/// <param name="Text">The text.</param>
internal sealed record Sample(string Label, string FileName, string Text);

/// <summary>The samples.</summary>
internal static class Samples
{
    public static IReadOnlyList<Sample> All { get; } =
    [
        new(UiText.Key("Markdown story"), "lighthouse.md", TranslationSamples.Markdown),
        new(UiText.Key("Subtitles"), "lighthouse.srt", TranslationSamples.Subtitles),
    ];
}
