using System.Globalization;

namespace ProgressHub.Workloads.Transcription.Audio;

/// <summary>Says a time in a recording as a player shows it.</summary>
internal static class Clock
{
    public static string Of(double seconds)
    {
        var time = TimeSpan.FromSeconds(Math.Max(0, Math.Round(seconds)));
        return time.TotalHours >= 1
            ? string.Create(CultureInfo.InvariantCulture, $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{time.Minutes}:{time.Seconds:00}");
    }
}
