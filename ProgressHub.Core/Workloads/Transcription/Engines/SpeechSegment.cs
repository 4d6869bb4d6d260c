using System.Text.Json;

namespace ProgressHub.Core.Workloads.Transcription.Engines;

/// <summary>A stretch of audio and what is said in it.</summary>
/// <param name="Index">Which one, from 0.</param>
/// <param name="Total">Of how many, where that is known before.</param>
/// <param name="Start">Where it begins, in seconds.</param>
/// <param name="End">Where it ends, in seconds.</param>
/// <param name="Text">What is said; empty where nothing was understood.</param>
internal sealed record SpeechSegment(int Index, int? Total, double Start, double End, string Text)
{
    /// <summary>The segment as a piece of the result: its text, and its times in seconds as <c>{"start","end"}</c>.</summary>
    public PartialResult ToPartial() => new(Index, Total)
    {
        Text = Text,
        Data = JsonSerializer.SerializeToElement(
            new SegmentTimes(Math.Round(Start, 3), Math.Round(End, 3)), SegmentJson.Default.SegmentTimes),
    };

    /// <summary>The segment that a piece was made of; null where it is none.</summary>
    public static SpeechSegment? Of(PartialResult partial) =>
        partial is { Ok: true, Text: { } text, Data: { ValueKind: JsonValueKind.Object } data }
        && data.TryGetProperty("start", out var start) && start.TryGetDouble(out var from)
        && data.TryGetProperty("end", out var end) && end.TryGetDouble(out var to)
            ? new SpeechSegment(partial.Index, partial.Total, from, to, text)
            : null;
}
