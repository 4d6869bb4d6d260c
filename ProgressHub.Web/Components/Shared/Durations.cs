using System.Globalization;
using ProgressHub.Core.Events;

namespace ProgressHub.Web.Components.Shared;

/// <summary>Lengths of time in words.</summary>
internal static class Durations
{
    private const double Second = 1000;
    private const double Minute = 60 * Second;
    private const double Hour = 60 * Minute;

    /// <summary>How long something took: <c>0.4 s</c>, <c>9.1 s</c>, <c>47 s</c>, <c>1 min 5 s</c>, <c>2 h 3 min</c>.</summary>
    public static string Exact(double milliseconds) =>
        milliseconds < 9950 ? Text($"{Math.Max(0, milliseconds) / Second:0.0} s") : Whole(milliseconds);

    /// <summary>The same in whole seconds, for what ticks.</summary>
    public static string Whole(double milliseconds)
    {
        var time = TimeSpan.FromMilliseconds(Math.Max(0, milliseconds));
        if (time.TotalMinutes < 1)
            return Text($"{time.Seconds} s");
        if (time.TotalHours < 1)
            return Text($"{time.Minutes} min {time.Seconds} s");
        return Text($"{(int)time.TotalHours} h {time.Minutes} min");
    }

    /// <summary>A moment of a job, as a clock: <c>0:07</c>, <c>12:05</c>, <c>1:02:05</c>.</summary>
    public static string Clock(double milliseconds)
    {
        var time = TimeSpan.FromMilliseconds(Math.Max(0, milliseconds));
        return time.TotalHours < 1
            ? Text($"{time.Minutes}:{time.Seconds:00}")
            : Text($"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}");
    }

    /// <summary>What is left, as the range that it is: <c>about 40–60 s left</c>.</summary>
    public static string Left(Eta eta)
    {
        double high = Math.Max(eta.P50Ms, eta.P90Ms);
        return high switch
        {
            < 2 * Second => "a moment left",
            < 10 * Second => Range(eta.P50Ms, high, Second, 1, "s"),
            < 90 * Second => Range(eta.P50Ms, high, Second, 5, "s"),
            < 2 * Hour => Range(eta.P50Ms, high, Minute, 1, "min"),
            _ => Range(eta.P50Ms, high, Hour, 0.5, "h"),
        };
    }

    /// <summary>How long ago: <c>just now</c>, <c>5 min ago</c>, <c>3 days ago</c>.</summary>
    public static string Ago(TimeSpan age) => age.TotalMinutes switch
    {
        < 1 => "just now",
        < 60 => Text($"{(int)age.TotalMinutes} min ago"),
        < 60 * 48 => Text($"{(int)age.TotalHours} h ago"),
        _ => Text($"{(int)age.TotalDays} days ago"),
    };

    private static string Range(double low, double high, double unit, double step, string name)
    {
        var from = Math.Max(step, Math.Round(low / unit / step) * step);
        var to = Math.Max(step, Math.Ceiling(high / unit / step) * step);
        return from < to ? Text($"about {from:0.#}–{to:0.#} {name} left") : Text($"about {to:0.#} {name} left");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
