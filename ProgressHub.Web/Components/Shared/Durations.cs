using System.Globalization;
using ProgressHub.Core.Events;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Shared;

/// <summary>Lengths of time in words.</summary>
internal static class Durations
{
    private const double Second = 1000;
    private const double Minute = 60 * Second;
    private const double Hour = 60 * Minute;

    /// <summary>How long something took: <c>0.4 s</c>, <c>9.1 s</c>, <c>47 s</c>, <c>1 min 5 s</c>, <c>2 h 3 min</c>.</summary>
    public static string Exact(double milliseconds) =>
        milliseconds < 9950 ? UiText.Of("{0:0.0} s", Math.Max(0, milliseconds) / Second) : Whole(milliseconds);

    /// <summary>The same in whole seconds, for what ticks.</summary>
    public static string Whole(double milliseconds)
    {
        var time = TimeSpan.FromMilliseconds(Math.Max(0, milliseconds));
        if (time.TotalMinutes < 1)
            return UiText.Of("{0} s", time.Seconds);
        if (time.TotalHours < 1)
            return UiText.Of("{0} min {1} s", time.Minutes, time.Seconds);
        return UiText.Of("{0} h {1} min", (int)time.TotalHours, time.Minutes);
    }

    /// <summary>How long something is kept: <c>7 days</c>, <c>36 h 0 min</c>.</summary>
    public static string Span(TimeSpan time) => time.TotalDays >= 2 && time == TimeSpan.FromDays(time.Days)
        ? UiText.Of("{0:N0} days", time.Days)
        : Whole(time.TotalMilliseconds);

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
            < 2 * Second => UiText.Of("a moment left"),
            < 10 * Second => Range(eta.P50Ms, high, Second, 1, UiText.Key("s")),
            < 90 * Second => Range(eta.P50Ms, high, Second, 5, UiText.Key("s")),
            < 2 * Hour => Range(eta.P50Ms, high, Minute, 1, UiText.Key("min")),
            _ => Range(eta.P50Ms, high, Hour, 0.5, UiText.Key("h")),
        };
    }

    /// <summary>How long ago: <c>just now</c>, <c>5 min ago</c>, <c>3 days ago</c>.</summary>
    public static string Ago(TimeSpan age) => age.TotalMinutes switch
    {
        < 1 => UiText.Of("just now"),
        < 60 => UiText.Of("{0} min ago", (int)age.TotalMinutes),
        < 60 * 48 => UiText.Of("{0} h ago", (int)age.TotalHours),
        _ => UiText.Of("{0} days ago", (int)age.TotalDays),
    };

    private static string Range(double low, double high, double unit, double step, string name)
    {
        var from = Math.Max(step, Math.Round(low / unit / step) * step);
        var to = Math.Max(step, Math.Ceiling(high / unit / step) * step);
        return from < to ? UiText.Of("about {0:0.#}–{1:0.#} {2} left", from, to, UiText.Of(name)) : UiText.Of("about {0:0.#} {1} left", to, UiText.Of(name));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
