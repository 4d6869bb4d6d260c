using Bunit;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Schedules;

namespace ProgressHub.Tests.Components.Schedules;

public sealed class ScheduleBoardTests : ComponentTest
{
    [Fact]
    public async Task A_schedule_is_paused_and_goes_on_is_run_and_deleted_from_the_list()
    {
        await AddAsync("Morning");
        var board = Render<ScheduleBoard>();
        board.WaitForAssertion(() => Assert.Contains("Monday to Friday at 06:00", board.Markup, StringComparison.Ordinal));

        await board.Find("[role=switch]").ClickAsync(new());
        board.WaitForAssertion(() => Assert.Equal("false", board.Find("[role=switch]").GetAttribute("aria-checked")));
        Assert.Contains("Paused", board.Find(".next").TextContent, StringComparison.Ordinal);
        await board.Find("[role=switch]").ClickAsync(new());
        board.WaitForAssertion(() => Assert.Equal("true", board.Find("[role=switch]").GetAttribute("aria-checked")));

        await board.One("button", "Run now: Morning").ClickAsync(new());
        var job = Assert.Single((await Jobs.ListAsync(new JobQuery { Owner = "local" }, default)).Items);
        Assert.Contains("schedule:Morning", job.Tags);
        board.WaitForAssertion(() => Assert.Equal($"jobs/{job.JobId}", board.Find(".last a").GetAttribute("href")));

        await board.One("button", "Delete Morning").ClickAsync(new());
        Assert.Single(await Schedules.ListAsync("local", default));
        await board.One("button", "Yes, delete it").ClickAsync(new());
        board.WaitForAssertion(() => Assert.Contains("No schedules", board.Markup, StringComparison.Ordinal));
        Assert.NotNull(await Jobs.FindAsync(job.JobId, "local", default));
    }

    [Theory]
    [InlineData("Skipped", "Left out: the last job had not ended")]
    [InlineData("Missed", "Missed: no server ran then")]
    [InlineData("Refused", "Refused: Too many wait.")]
    public async Task What_came_of_it_is_told_in_words(string outcome, string words)
    {
        var id = await AddAsync("Morning");
        var run = new ScheduleRun(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch, Enum.Parse<ScheduleOutcome>(outcome));
        await Schedules.RecordAsync(id, outcome == "Refused" ? run with { Code = "queue_full", Message = "Too many wait." } : run, null, default);

        var board = Render<ScheduleBoard>();

        board.WaitForAssertion(() => Assert.Contains(words, board.Find(".last").TextContent, StringComparison.Ordinal));
    }

    private async Task<string> AddAsync(string name)
    {
        var id = JobId.New().ToString();
        Assert.True(await Schedules.AddAsync(
            new Schedule
            {
                Id = id, Owner = "local", Name = name, Kind = "translation", IsEnabled = true, CreatedAt = DateTimeOffset.UnixEpoch,
                Input = System.Text.Json.JsonElement.Parse("""{"text":"Hello.","format":"plain","targetLanguage":"es"}"""),
                Times = new ScheduleTimes("0 6 * * 1-5", "UTC", null), NextAt = DateTimeOffset.MaxValue,
            },
            10, default));
        return id;
    }
}
