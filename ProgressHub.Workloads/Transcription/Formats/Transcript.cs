using System.Text;
using System.Text.Json;
using ProgressHub.Workloads.Transcription.Engines;

namespace ProgressHub.Workloads.Transcription.Formats;

/// <summary>What was heard. Its JSON is what is kept; every other form is made of that.</summary>
/// <param name="Engine">What heard it; null where it is not known yet.</param>
/// <param name="Language">The language that is spoken; null where it is not known.</param>
/// <param name="Duration">How much audio it covers, in seconds.</param>
/// <param name="Segments">What was said, in order.</param>
internal sealed record Transcript(string? Engine, string? Language, double Duration, IReadOnlyList<SpeechSegment> Segments)
{
    private const string Translate = "translate";

    /// <summary>All of it in one line.</summary>
    public string Text => string.Join(' ', Segments.Select(s => s.Text));

    /// <summary>Whether it is told in English, whatever was spoken.</summary>
    public bool IsTranslated { get; init; }

    /// <summary>Puts segments in order, without the empty ones; those of several channels by when they begin.</summary>
    public static Transcript Of(string? engine, string? language, double? duration, IEnumerable<SpeechSegment> segments)
    {
        List<SpeechSegment> all = [.. segments.OrderBy(s => s.Channel is null ? 0 : s.Start).ThenBy(s => s.Channel).ThenBy(s => s.Index)];
        return new Transcript(
            engine, language, Math.Round(duration ?? (all.Count > 0 ? all.Max(s => s.End) : 0), 3),
            [.. all.Where(s => !string.IsNullOrWhiteSpace(s.Text)).Select((s, i) => s with { Index = i, Text = OneLine(s.Text) })]);
    }

    /// <summary>
    /// <c>{"text","language","duration","engine","segments":[{"start","end","text"}]}</c>; times in seconds. A segment has
    /// <c>channel</c> and <c>speaker</c> where channels were heard apart, and <c>words</c> where the engine tells them.
    /// </summary>
    public byte[] ToJson() => JsonSerializer.SerializeToUtf8Bytes(
        new TranscriptDocument(
            Text, Language, Duration, Engine,
            [.. Segments.Select(s => new TranscriptSegment(
                Math.Round(s.Start, 3), Math.Round(s.End, 3), s.Text, s.Channel, s.Speaker,
                s.Words is { Count: > 0 } words ? [.. words.Select(w => w.Rounded())] : null))])
        {
            Task = IsTranslated ? Translate : null,
        },
        TranscriptJson.Wire.TranscriptDocument);

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static Transcript FromJson(ReadOnlyMemory<byte> json)
    {
        var document = JsonSerializer.Deserialize(json.Span, TranscriptJson.Wire.TranscriptDocument)!;
        return new Transcript(
            document.Engine, document.Language, document.Duration,
            [.. document.Segments.Select((s, i) => new SpeechSegment(i, null, s.Start, s.End, s.Text) { Channel = s.Channel, Words = s.Words })])
        {
            IsTranslated = document.Task == Translate,
        };
    }

    // An engine's line breaks would end a subtitle in the middle, and so would half of a pair in any form.
    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsControl(rune) && rune.Value is not (0x2028 or 0x2029))
                line.Append(rune);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }

        return line.ToString().Trim();
    }
}
