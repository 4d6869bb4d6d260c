using System.Globalization;
using System.Text.RegularExpressions;

namespace ProgressHub.Tool.Bars;

/// <summary>ffmpeg says how long its input is, and later where it is: <c>time=00:00:04.00</c>, or <c>out_time=</c> with <c>-progress</c>.</summary>
internal sealed partial class MediaClock
{
    private double _seconds;

    /// <summary>How far a line says it is; null where it says nothing of that.</summary>
    public BarReading? Take(string line)
    {
        if (Duration().Match(line) is { Success: true } duration)
        {
            // Of several inputs the longest.
            _seconds = Math.Max(_seconds, Seconds(duration));
            return null;
        }

        return _seconds > 0 && Position().Match(line) is { Success: true } position
            ? new BarReading(Math.Min(1, Seconds(position) / _seconds), "", BarKind.Bar)
            : null;
    }

    private static double Seconds(Match time) =>
        (Part(time, "hours") * 3600) + (Part(time, "minutes") * 60) + Part(time, "seconds");

    private static double Part(Match time, string name) => double.Parse(time.Groups[name].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^\s*Duration: (?<hours>\d+):(?<minutes>\d\d):(?<seconds>\d\d(?:\.\d+)?)")]
    private static partial Regex Duration();

    [GeneratedRegex(@"\b(?:out_)?time=\s*(?<hours>\d+):(?<minutes>\d\d):(?<seconds>\d\d(?:\.\d+)?)")]
    private static partial Regex Position();
}
