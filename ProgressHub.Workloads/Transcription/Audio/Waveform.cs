using System.Text;
using System.Text.Json;

namespace ProgressHub.Workloads.Transcription.Audio;

/// <summary>What a page needs to draw and play the audio.</summary>
internal static class Waveform
{
    /// <summary>
    /// <c>{"duration": seconds, "playable": name or null, "peaks": [0..1, …]}</c>: at most 1,500 peaks over equal parts of
    /// the whole; <c>playable</c> names the derived file to play, null where the uploaded one itself plays in browsers.
    /// </summary>
    public static string Json(AudioScan scan, string? playable)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            writer.WriteNumber("duration", Math.Round(scan.Seconds, 3));
            writer.WriteString("playable", playable);
            writer.WriteStartArray("peaks");
            foreach (var peak in scan.Peaks)
                writer.WriteNumberValue(Math.Round((decimal)peak, 3));
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
