using System.Globalization;
using Cronos;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Schedules;

/// <summary>
/// When a schedule is due, as a function of time alone. Where clocks go forward, a time that does not exist is due when they do;
/// where they go back, a time that comes twice is due the first time, and what comes every so often is due both times.
/// </summary>
internal sealed class Timetable
{
    /// <summary>What is due longer ago is not made up for.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromHours(1);

    /// <summary>The zone where none is named.</summary>
    public const string DefaultZone = "UTC";

    // Clocks are put forward by less than that.
    private const int Longest = 3;

    private const int LongestCron = 200;
    private const int LongestZone = 100;

    private static readonly string[] LocalForms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF"];
    private static readonly string[] OffsetForms = [.. LocalForms.Select(form => form + "K")];

    private readonly CronExpression? _cron;
    private readonly TimeZoneInfo _zone;
    private readonly DateTimeOffset? _at;

    private Timetable(CronExpression? cron, TimeZoneInfo zone, DateTimeOffset? at) => (_cron, _zone, _at) = (cron, zone, at);

    /// <summary>Reads the times of a schedule.</summary>
    /// <exception cref="WorkloadException"><c>invalid_times</c>, <c>bad_cron</c>, <c>unknown_time_zone</c>.</exception>
    public static Timetable Of(ScheduleTimes times)
    {
        if (string.IsNullOrWhiteSpace(times.Cron) == times.At is null)
            throw Refuse("invalid_times", "A schedule has 'cron' for times that come again, or 'at' for one time; one of the two.", "cron");
        return new Timetable(times.At is null ? ReadCron(times.Cron!) : null, ReadZone(times.TimeZone), times.At?.ToUniversalTime());
    }

    /// <summary>The first time after a moment; null where none comes.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset moment) =>
        _cron is null ? (_at > moment ? _at : null) : _cron.GetNextOccurrence(moment, _zone)?.ToUniversalTime();

    /// <summary>The first times after a moment.</summary>
    public IReadOnlyList<DateTimeOffset> NextAfter(DateTimeOffset moment, int count)
    {
        List<DateTimeOffset> times = [];
        for (var next = NextAfter(moment); next is { } time && times.Count < count; next = NextAfter(time))
            times.Add(time);
        return times;
    }

    /// <summary>
    /// Of all the times from one that is due until now, the one to see to: the last, unless it is longer ago than
    /// <see cref="Grace"/>. Null where all are.
    /// </summary>
    public DateTimeOffset? LatestOf(DateTimeOffset due, DateTimeOffset now)
    {
        DateTimeOffset? latest = due >= now - Grace ? due : null;
        for (var next = NextAfter(latest ?? now - Grace); next <= now; next = NextAfter(next.Value))
            latest = next;
        return latest;
    }

    /// <summary>
    /// Reads one time: ISO 8601 with an offset, or without one as the clocks of a zone show it. Where they go forward over it, it is
    /// as much later; where they show it twice, it is the first.
    /// </summary>
    /// <exception cref="WorkloadException"><c>bad_at</c>, <c>unknown_time_zone</c>.</exception>
    public static DateTimeOffset ReadAt(string text, string timeZone)
    {
        var zone = ReadZone(timeZone);
        if (!DateTime.TryParseExact(text.Trim(), LocalForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            return DateTimeOffset.TryParseExact(text.Trim(), OffsetForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment)
                ? moment
                : throw Refuse("bad_at", "'at' is a time such as 2026-12-24T22:00, in 'timeZone', or 2026-12-24T22:00:00+01:00.", "at");
        }

        if (zone.IsInvalidTime(local))
            return new DateTimeOffset(local, zone.GetUtcOffset(local.AddHours(-Longest)));
        return new DateTimeOffset(local, zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local));
    }

    private static CronExpression ReadCron(string text)
    {
        CronExpression? cron = null;
        if (text.Length <= LongestCron && !CronExpression.TryParse(text.Trim(), CronFormat.Standard, out cron) || cron is null)
        {
            throw Refuse(
                "bad_cron", "'cron' has five fields: minute, hour, day of month, month, day of week, such as '0 6 * * 1-5' for 06:00 from Monday to Friday.", "cron");
        }

        return cron.GetNextOccurrence(DateTimeOffset.UnixEpoch, TimeZoneInfo.Utc) is null
            ? throw Refuse("bad_cron", "'cron' names a day that never comes.", "cron")
            : cron;
    }

    private static TimeZoneInfo ReadZone(string name) =>
        name.Length is > 0 and <= LongestZone && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId
            ? zone
            : throw Refuse("unknown_time_zone", "'timeZone' is the IANA name of a time zone, such as Europe/Vienna or UTC.", "timeZone");

    private static WorkloadException Refuse(string code, string message, string property) => new(code, message) { Property = property };
}
