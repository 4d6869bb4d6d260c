using System.Globalization;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Schedules;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Tests.Schedules;

/// <summary>When a schedule is due, in zones whose clocks go forward and back.</summary>
public sealed class TimetableTests
{
    private const string Vienna = "Europe/Vienna";

    [Theory]
    [InlineData("0 6 * * 1-5", Vienna, "2026-11-27T05:00:00Z", "2026-11-30T05:00:00Z")] // Friday at six: the next is on Monday
    [InlineData("0 6 * * 1-5", Vienna, "2026-11-30T04:59:59.9Z", "2026-11-30T05:00:00Z")]
    [InlineData("30 22 * * *", "Asia/Taipei", "2026-11-30T14:30:00Z", "2026-12-01T14:30:00Z")]
    [InlineData("*/15 * * * *", "Asia/Kolkata", "2026-11-30T00:01:00Z", "2026-11-30T00:15:00Z")]
    [InlineData("0 0 29 2 *", "UTC", "2026-01-01T00:00:00Z", "2028-02-29T00:00:00Z")]
    [InlineData("0 0 31 * *", "UTC", "2026-11-01T00:00:00Z", "2026-12-31T00:00:00Z")]
    [InlineData(" 0 12 * JAN MON ", "UTC", "2026-12-31T00:00:00Z", "2027-01-04T12:00:00Z")]
    public void The_next_time_is_that_of_the_fields_in_their_zone(string cron, string zone, string after, string next) =>
        Assert.Equal(At(next), Cron(cron, zone).NextAfter(At(after)));

    // On 2026-03-29 the clocks of Vienna go from 02:00 to 03:00, on 2026-10-25 from 03:00 to 02:00.
    [Theory]
    [InlineData("30 2 * * *", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")] // does not exist: when the clocks go forward
    [InlineData("30 2 * * *", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("30 2 * * *", "2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")] // comes twice: the first of them
    [InlineData("30 2 * * *", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    [InlineData("*/30 * * * *", "2026-10-25T00:30:00Z", "2026-10-25T01:00:00Z")] // what comes every so often goes on
    [InlineData("0 6 * * *", "2026-03-28T12:00:00Z", "2026-03-29T04:00:00Z")]
    public void Where_clocks_change_no_day_is_left_out_and_none_has_it_twice(string cron, string after, string next) =>
        Assert.Equal(At(next), Cron(cron, Vienna).NextAfter(At(after)));

    [Theory]
    [InlineData("2026-12-24T22:00", "2026-12-24T21:00:00Z")]
    [InlineData("2026-07-24T22:00:30", "2026-07-24T20:00:30Z")]
    [InlineData("2026-12-24T22:00:00+05:30", "2026-12-24T16:30:00Z")]
    [InlineData("2026-12-24T22:00Z", "2026-12-24T22:00:00Z")]
    [InlineData("2026-03-29T02:30", "2026-03-29T01:30:00Z")] // does not exist: as much later as the clocks go forward
    [InlineData("2026-10-25T02:30", "2026-10-25T00:30:00Z")] // comes twice: the first
    public void One_time_is_read_in_its_zone_or_with_its_offset(string text, string at) =>
        Assert.Equal(At(at), Timetable.ReadAt(text, Vienna));

    [Theory]
    [InlineData("tonight"), InlineData(""), InlineData("2026-12-24"), InlineData("2026-02-30T10:00"), InlineData("24.12.2026 22:00")]
    public void What_is_no_time_is_refused(string text) => Assert.Equal("bad_at", Code(() => Timetable.ReadAt(text, Vienna)));

    [Theory]
    [InlineData(""), InlineData("* * * *"), InlineData("* * * * * *"), InlineData("60 * * * *"), InlineData("0 24 * * *")]
    [InlineData("every day"), InlineData("0 0 30 2 *")]
    public void What_is_no_cron_or_never_comes_is_refused(string cron) =>
        Assert.Contains(Code(() => Cron(cron, "UTC")), (string[])["bad_cron", "invalid_times"]);

    [Theory]
    [InlineData("Mars/Olympus"), InlineData(""), InlineData("../../etc/passwd"), InlineData("W. Europe Standard Time")]
    public void A_zone_has_its_IANA_name(string zone) => Assert.Equal("unknown_time_zone", Code(() => Cron("* * * * *", zone)));

    [Fact]
    public void It_is_either_again_and_again_or_once()
    {
        Assert.Equal("invalid_times", Code(() => Timetable.Of(new ScheduleTimes(null, "UTC", null))));
        Assert.Equal("invalid_times", Code(() => Timetable.Of(new ScheduleTimes("* * * * *", "UTC", At("2026-12-24T22:00:00Z")))));
    }

    [Fact]
    public void The_next_five_are_five_and_of_one_time_there_is_one()
    {
        Assert.Equal(
            ["04:00", "05:00", "06:00", "07:00", "08:00"],
            Cron("0 * * * *", "UTC").NextAfter(At("2026-11-30T03:00:00Z"), 5).Select(time => time.ToString("HH:mm", CultureInfo.InvariantCulture)));
        var once = Timetable.Of(new ScheduleTimes(null, "UTC", At("2026-12-24T22:00:00Z")));
        Assert.Equal(At("2026-12-24T22:00:00Z"), Assert.Single(once.NextAfter(At("2026-11-30T03:00:00Z"), 5)));
        Assert.Empty(once.NextAfter(At("2026-12-24T22:00:00Z"), 5));
    }

    [Theory]
    [InlineData("*/10 * * * *", "06:00", "06:00:01", "06:00")]
    [InlineData("*/10 * * * *", "06:00", "06:35", "06:30")] // four were due: the last of them
    [InlineData("0 6 * * *", "06:00", "07:00", "06:00")]
    [InlineData("0 6 * * *", "06:00", "07:00:01", null)] // longer ago than an hour
    [InlineData("0 * * * *", "01:00", "23:30", "23:00")]
    public void Of_what_was_missed_the_last_within_an_hour_counts(string cron, string due, string now, string? latest) => Assert.Equal(
        latest is null ? null : At($"2026-11-30T{latest}Z"),
        Cron(cron, "UTC").LatestOf(At($"2026-11-30T{due}Z"), At($"2026-11-30T{now}Z")));

    private static Timetable Cron(string cron, string zone) => Timetable.Of(new ScheduleTimes(cron, zone, null));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static string Code(Func<object> act) => Assert.Throws<WorkloadException>(() => { act(); }).Code;
}
