using System.Globalization;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Schedules;

/// <summary>Schedules in words: when they are due, and what came of them.</summary>
internal static class ScheduleWords
{
    // Sunday is 0, and 7 too.
    private const int Sunday = 7;

    /// <summary>What is usual, as fields of cron.</summary>
    public static IReadOnlyList<string> Usual { get; } = ["0 * * * *", "0 6 * * *", "0 6 * * 1-5", "0 6 * * 1", "0 6 1 * *"];

    /// <summary>When one is due; fields that have no short words stay fields.</summary>
    public static string When(ScheduleTimes times) =>
        times.Cron is { } cron ? Again(cron) : UiText.Of("Once, {0}", Moment(times.At!.Value, times.TimeZone));

    /// <summary>Fields of cron in words; the fields where they have no short ones.</summary>
    public static string Again(string cron)
    {
        string[] fields = cron.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return fields is [var minute, var hour, var day, "*", var weekday] ? OfFields(minute, hour, day, weekday) ?? cron : cron;
    }

    /// <summary>A moment as the clocks of a zone show it, with the day of the week.</summary>
    public static string Moment(DateTimeOffset moment, string timeZone)
    {
        var local = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? TimeZoneInfo.ConvertTime(moment, zone) : moment;
        return string.Create(
            CultureInfo.InvariantCulture, $"{CultureInfo.CurrentUICulture.DateTimeFormat.GetAbbreviatedDayName(local.DayOfWeek)} {local:yyyy-MM-dd HH:mm}");
    }

    /// <summary>What came of one.</summary>
    public static string Outcome(ScheduleRun run) => run.Outcome switch
    {
        ScheduleOutcome.Started => UiText.Of("Started"),
        ScheduleOutcome.Skipped => UiText.Of("Left out: the last job had not ended"),
        ScheduleOutcome.Missed => UiText.Of("Missed: no server ran then"),
        _ => UiText.Of("Refused: {0}", RefusalTexts.Of(run.Code, run.Message ?? "")),
    };

    private static string? OfFields(string minute, string hour, string day, string weekday) => (Number(minute), Number(hour)) switch
    {
        (null, null) when (minute, hour, day, weekday) is ("*", "*", "*", "*") => UiText.Of("Every minute"),
        (null, null) when minute.StartsWith("*/", StringComparison.Ordinal) && Number(minute[2..]) is { } step && (hour, day, weekday) is ("*", "*", "*") =>
            UiText.Of("Every {0} minutes", step),
        ({ } past, null) when (hour, day, weekday) is ("*", "*", "*") => UiText.Of("Every hour at minute {0}", past),
        ({ } past, { } at) => OfDays(day, weekday, string.Create(CultureInfo.InvariantCulture, $"{at:00}:{past:00}")),
        _ => null,
    };

    private static string? OfDays(string day, string weekday, string time) => (day, weekday) switch
    {
        ("*", "*") => UiText.Of("Every day at {0}", time),
        ("*", "1-5" or "MON-FRI") => UiText.Of("Monday to Friday at {0}", time),
        ("*", _) when Number(weekday) is >= 0 and <= Sunday and var number =>
            UiText.Of("Every {0} at {1}", CultureInfo.CurrentUICulture.DateTimeFormat.GetDayName((DayOfWeek)(number % Sunday)), time),
        (_, "*") when Number(day) is { } number => UiText.Of("On day {0} of each month at {1}", number, time),
        _ => null,
    };

    private static int? Number(string field) =>
        int.TryParse(field, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
