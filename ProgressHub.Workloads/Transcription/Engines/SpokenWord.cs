using System.Text.Json.Serialization;

namespace ProgressHub.Workloads.Transcription.Engines;

/// <summary>A word and when it is said, in seconds.</summary>
/// <param name="Text">The word, with the punctuation at its end.</param>
/// <param name="Start">Where it begins.</param>
/// <param name="End">Where it ends.</param>
internal sealed record SpokenWord([property: JsonPropertyName("word")] string Text, double Start, double End)
{
    /// <summary>The same in whole milliseconds.</summary>
    public SpokenWord Rounded() => this with { Start = Math.Round(Start, 3), End = Math.Round(End, 3) };

    /// <summary>The same within a stretch of time.</summary>
    public SpokenWord Within(double first, double last)
    {
        var start = Math.Clamp(Start, first, last);
        return this with { Start = start, End = Math.Clamp(End, start, last) };
    }
}
