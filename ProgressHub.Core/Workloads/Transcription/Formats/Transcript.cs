using System.Text;
using System.Text.Json;
using ProgressHub.Core.Workloads.Transcription.Engines;

namespace ProgressHub.Core.Workloads.Transcription.Formats;

/// <summary>What was heard. Its JSON is what is kept; every other form is made of that.</summary>
/// <param name="Engine">What heard it; null where it is not known yet.</param>
/// <param name="Language">The language that is spoken; null where it is not known.</param>
/// <param name="Duration">How much audio it covers, in seconds.</param>
/// <param name="Segments">What was said, in order.</param>
internal sealed record Transcript(string? Engine, string? Language, double Duration, IReadOnlyList<SpeechSegment> Segments)
{
    /// <summary>All of it in one line.</summary>
    public string Text => string.Join(' ', Segments.Select(s => s.Text));

    /// <summary>Puts segments in order, without the empty ones.</summary>
    public static Transcript Of(string? engine, string? language, double? duration, IEnumerable<SpeechSegment> segments)
    {
        List<SpeechSegment> all = [.. segments.OrderBy(s => s.Index)];
        return new Transcript(
            engine, language, Math.Round(duration ?? (all.Count > 0 ? all.Max(s => s.End) : 0), 3),
            [.. all.Where(s => !string.IsNullOrWhiteSpace(s.Text)).Select((s, i) => s with { Index = i, Text = OneLine(s.Text) })]);
    }

    /// <summary><c>{"text","language","duration","engine","segments":[{"start","end","text"}]}</c>; times in seconds.</summary>
    public byte[] ToJson()
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteString("text", Text);
            writer.WriteString("language", Language);
            writer.WriteNumber("duration", Duration);
            writer.WriteString("engine", Engine);
            writer.WriteStartArray("segments");
            foreach (var segment in Segments)
            {
                writer.WriteStartObject();
                writer.WriteNumber("start", Math.Round(segment.Start, 3));
                writer.WriteNumber("end", Math.Round(segment.End, 3));
                writer.WriteString("text", segment.Text);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    public static Transcript FromJson(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        return new Transcript(
            root.GetProperty("engine").GetString(),
            root.GetProperty("language").GetString(),
            root.GetProperty("duration").GetDouble(),
            [.. root.GetProperty("segments").EnumerateArray().Select((s, i) => new SpeechSegment(
                i, null, s.GetProperty("start").GetDouble(), s.GetProperty("end").GetDouble(), s.GetProperty("text").GetString()!))]);
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
