using System.Globalization;
using System.Text;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Transcription.Engines;

namespace ProgressHub.Workloads.Transcription.Formats;

/// <summary>The forms of a transcript: plain text, SRT, WebVTT (W3C) and JSON.</summary>
internal static class TranscriptForms
{
    public const string JsonType = "application/json";

    public static readonly IReadOnlyList<ResultForm> All =
    [
        new("text", "text/plain; charset=utf-8"),
        new("srt", "application/x-subrip; charset=utf-8"),
        new("vtt", "text/vtt; charset=utf-8"),
        new("srt-words", "application/x-subrip; charset=utf-8"),
        new("vtt-words", "text/vtt; charset=utf-8"),
        new("json", JsonType),
    ];

    public static string Write(Transcript transcript, string form) => form switch
    {
        "srt" => Srt(transcript),
        "vtt" => Vtt(transcript),
        "srt-words" => Srt(WordByWord(transcript)),
        "vtt-words" => Vtt(WordByWord(transcript)),
        "json" => Encoding.UTF8.GetString(transcript.ToJson()),
        _ => Text(transcript),
    };

    public static string Extension(string form) => form == "text" ? "txt" : form.Split('-')[0];

    // A line a segment, with who speaks before it.
    private static string Text(Transcript transcript) => string.Concat(transcript.Segments.Select(s => $"{Name(s)}{s.Text}\n"));

    private static string Name(SpeechSegment segment) => segment.Speaker is { } speaker ? $"{speaker}: " : "";

    /// <summary>A subtitle a word; a segment whose words are not known stays one.</summary>
    private static Transcript WordByWord(Transcript transcript) => transcript with
    {
        Segments = [.. transcript.Segments.SelectMany(s => s.Words is { Count: > 0 } words
            ? words.Select(w => s with { Start = w.Start, End = w.End, Text = w.Text, Words = null })
            : [s])],
    };

    private static string Srt(Transcript transcript)
    {
        var text = new StringBuilder();
        foreach (var (index, segment) in transcript.Segments.Index())
        {
            // An arrow in the text would look like a line of times.
            var said = Name(segment) + segment.Text.Replace("-->", "->", StringComparison.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"{index + 1}\n{Time(segment.Start, ',')} --> {Time(segment.End, ',')}\n{said}\n\n");
        }

        return text.ToString();
    }

    private static string Vtt(Transcript transcript)
    {
        var text = new StringBuilder("WEBVTT\n\n");
        foreach (var segment in transcript.Segments)
        {
            var said = segment.Text.Replace("&", "&amp;", StringComparison.Ordinal)
                .Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
            var voice = segment.Speaker is { } speaker ? $"<v {speaker}>" : "";
            text.Append(CultureInfo.InvariantCulture, $"{Time(segment.Start, '.')} --> {Time(segment.End, '.')}\n{voice}{said}\n\n");
        }

        return text.ToString();
    }

    private static string Time(double seconds, char point)
    {
        var ms = (long)Math.Round(Math.Max(0, seconds) * 1000);
        return string.Create(
            CultureInfo.InvariantCulture, $"{ms / 3_600_000:00}:{ms / 60_000 % 60:00}:{ms / 1000 % 60:00}{point}{ms % 1000:000}");
    }
}
