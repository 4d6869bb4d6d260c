using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ProgressHub.Core.Workloads.Transcription.Engines;

/// <summary>A segment as whisper.cpp tells it, in seconds from the beginning of what it was given.</summary>
internal readonly record struct WhisperSegment(double Start, double End, string Text);

/// <summary>Reads what <c>whisper-cli</c> writes.</summary>
internal static partial class WhisperOutput
{
    /// <summary>A line such as <c>[00:00:00.000 --> 00:00:02.000]   The quick brown fox.</c></summary>
    public static WhisperSegment? ReadLine(string line)
    {
        if (Segment().Match(line) is not { Success: true } match)
            return null;
        return new WhisperSegment(Seconds(match, 1), Seconds(match, 5), Clean(match.Groups[9].Value));
    }

    /// <summary>How far it says it is, 0..1: it counts windows of 30 s and goes beyond 100 %.</summary>
    public static double? ReadProgress(string line) =>
        Progress().Match(line) is { Success: true } match
        && double.TryParse(match.Groups[1].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var percent)
            ? Math.Clamp(percent / 100, 0, 1)
            : null;

    /// <summary>The segments and the language of its JSON; null where that can't be read.</summary>
    public static (IReadOnlyList<WhisperSegment> Segments, string? Language)? ReadJson(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            List<WhisperSegment> segments = [];
            foreach (var segment in root.GetProperty("transcription").EnumerateArray())
            {
                var offsets = segment.GetProperty("offsets");
                segments.Add(new WhisperSegment(
                    offsets.GetProperty("from").GetInt64() / 1000.0,
                    offsets.GetProperty("to").GetInt64() / 1000.0,
                    Clean(segment.GetProperty("text").GetString() ?? "")));
            }

            return (segments, root.TryGetProperty("result", out var result) && result.TryGetProperty("language", out var language)
                ? language.GetString() : null);
        }
        catch (Exception exception) when (exception is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private static string Clean(string text) => text.Trim() is var trimmed && trimmed == "[BLANK_AUDIO]" ? "" : trimmed;

    private static double Seconds(Match match, int group) =>
        (Number(match, group) * 3600) + (Number(match, group + 1) * 60) + Number(match, group + 2) + (Number(match, group + 3) / 1000.0);

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\[([0-9]{2,3}):([0-9]{2}):([0-9]{2})\.([0-9]{3}) --> ([0-9]{2,3}):([0-9]{2}):([0-9]{2})\.([0-9]{3})\]  (.*)$")]
    private static partial Regex Segment();

    [GeneratedRegex(@"progress\s*=\s*([0-9]{1,6})\s*%")]
    private static partial Regex Progress();
}
