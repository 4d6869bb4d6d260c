using System.Globalization;
using System.Text.Json;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Transcription.Engines;

/// <summary>A stretch of audio and what is said in it.</summary>
/// <param name="Index">Which one, from 0.</param>
/// <param name="Total">Of how many, where that is known before.</param>
/// <param name="Start">Where it begins, in seconds.</param>
/// <param name="End">Where it ends, in seconds.</param>
/// <param name="Text">What is said; empty where nothing was understood.</param>
internal sealed record SpeechSegment(int Index, int? Total, double Start, double End, string Text)
{
    /// <summary>Its words with their times; null where the engine does not tell them.</summary>
    public IReadOnlyList<SpokenWord>? Words { get; init; }

    /// <summary>The channel that it was heard on, from 1; null where channels were heard together.</summary>
    public int? Channel { get; init; }

    /// <summary>What whoever speaks on a channel is called.</summary>
    public string? Speaker => Channel is { } channel ? SpeakerOf(channel) : null;

    /// <summary>What whoever speaks on a channel is called.</summary>
    public static string SpeakerOf(int channel) => string.Create(CultureInfo.InvariantCulture, $"Speaker {channel}");

    /// <summary>
    /// The segment as a piece of the result: its text, and as its data
    /// <c>{"start","end","channel","speaker","words":[{"word","start","end"}]}</c> in seconds, as far as they are known.
    /// </summary>
    public PartialResult ToPartial() => new(Index, Total)
    {
        Text = Text,
        Data = JsonSerializer.SerializeToElement(
            new SpokenInterval(Round(Start), Round(End), Channel, Speaker, Words is { Count: > 0 } ? [.. Words.Select(w => w.Rounded())] : null),
            SegmentJson.Default.SpokenInterval),
    };

    /// <summary>The segment that a piece was made of; null where it is none.</summary>
    public static SpeechSegment? Of(PartialResult partial)
    {
        if (partial is not { Ok: true, Text: { } text, Data: { ValueKind: JsonValueKind.Object } data })
            return null;
        try
        {
            return data.Deserialize(SegmentJson.Default.SpokenInterval) is { } spoken
                ? new SpeechSegment(partial.Index, partial.Total, spoken.Start, spoken.End, text) { Channel = spoken.Channel, Words = spoken.Words }
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The same, later by so many seconds.</summary>
    public SpeechSegment Shifted(double seconds) =>
        this with { Start = Start + seconds, End = End + seconds, Words = Words?.Select(w => w with { Start = w.Start + seconds, End = w.End + seconds }).ToList() };

    private static double Round(double seconds) => Math.Round(seconds, 3);
}
