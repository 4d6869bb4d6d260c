using System.Globalization;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Schedules;

namespace ProgressHub.Tests.Components.Schedules;

/// <summary>Fields of cron in words, where they have short ones.</summary>
public sealed class ScheduleWordsTests : IDisposable
{
    private readonly CultureInfo _before = CultureInfo.CurrentUICulture;

    public void Dispose() => CultureInfo.CurrentUICulture = _before;

    [Theory]
    [InlineData("en", "* * * * *", "Every minute")]
    [InlineData("en", "*/15 * * * *", "Every 15 minutes")]
    [InlineData("en", "5 * * * *", "Every hour at minute 5")]
    [InlineData("en", "0 6 * * *", "Every day at 06:00")]
    [InlineData("en", "30 22 * * MON-FRI", "Monday to Friday at 22:30")]
    [InlineData("en", "0 6 * * 1", "Every Monday at 06:00")]
    [InlineData("en", "0 6 * * 7", "Every Sunday at 06:00")]
    [InlineData("en", "0 6 15 * *", "On day 15 of each month at 06:00")]
    [InlineData("en", "0 6 15 * 1", "0 6 15 * 1")]
    [InlineData("en", "0 6 * 3 *", "0 6 * 3 *")]
    [InlineData("en", "0 6-9 * * *", "0 6-9 * * *")]
    [InlineData("en", "0 6 * * 1#2", "0 6 * * 1#2")]
    [InlineData("zh-TW", "0 6 * * 1-5", "週一至週五 06:00")]
    [InlineData("zh-TW", "0 6 * * 1", "每個星期一 06:00")]
    public void Fields_have_words_or_stay_as_they_are(string culture, string cron, string words)
    {
        CultureInfo.CurrentUICulture = new CultureInfo(culture);

        Assert.Equal(words, ScheduleWords.When(new ScheduleTimes(cron, "UTC", null)));
    }

    [Fact]
    public void One_time_is_told_as_the_clocks_of_its_zone_show_it()
    {
        CultureInfo.CurrentUICulture = new CultureInfo("en");

        Assert.Equal("Once, Fri 2026-11-20 23:00", ScheduleWords.When(new ScheduleTimes(null, "Asia/Taipei", new DateTimeOffset(2026, 11, 20, 15, 0, 0, TimeSpan.Zero))));
    }
}
