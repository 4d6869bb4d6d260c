using Bunit;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Pages;
using ProgressHub.Web.Components.Schedules;

namespace ProgressHub.Tests.Components.Schedules;

public sealed class ScheduleFormTests : ComponentTest
{
    [Fact]
    public async Task A_job_becomes_a_schedule_with_what_it_was_given()
    {
        using var job = await DrivenJob.SubmitAsync(Services, tags: ["home", "schedule:Earlier"]);
        var title = (await Jobs.FindAsync(job.Id, "local", default))!.Title;
        Address.NavigateTo($"schedules/new?from={job.Id}");
        var page = Render<SchedulePage>();

        Assert.Equal(title, page.Field("Name").GetAttribute("value"));
        Assert.True(page.Field("Kind").HasAttribute("disabled"));
        await page.Find("form").SubmitAsync();

        var made = (await Schedules.FindAsync(Assert.Single(await Schedules.ListAsync("local", default)).Id, default))!;
        Assert.Equal((title, "translation", "0 6 * * 1-5", "UTC", true), (made.Name, made.Kind, made.Times.Cron, made.Times.TimeZone, made.IsEnabled));
        Assert.Equal(["home"], made.Tags);
        Assert.Equal(
            (await Jobs.ReadInputAsync(job.Id, "local", default))!.Value.ToArray(),
            System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(made.Input!.Value));
        Assert.EndsWith("/schedules", Address.Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_runs_follow_the_fields_as_they_are_written()
    {
        var page = Render<SchedulePage>();
        Assert.Equal(5, page.FindAll(".preview li").Count);

        await page.Find("#schedule-cron").InputAsync("0 0 29 2 *");
        Assert.All(page.FindAll(".preview li"), time => Assert.Contains("-02-29 00:00", time.TextContent, StringComparison.Ordinal));
        Assert.Equal("", page.Find("#schedule-usual").GetAttribute("value"));

        await page.Find("#schedule-cron").InputAsync("0 0 29 2");
        Assert.Empty(page.FindAll(".preview li"));
        Assert.Contains("five fields", page.Find(".preview").TextContent, StringComparison.Ordinal);

        await page.Find("#schedule-usual").ChangeAsync("0 6 1 * *");
        await page.Find("#schedule-zone").ChangeAsync("Asia/Taipei");
        Assert.All(page.FindAll(".preview li"), time => Assert.EndsWith("-01 06:00", time.TextContent, StringComparison.Ordinal));
        Assert.All(page.FindAll(".preview time"), time => Assert.Contains("T22:00:00", time.GetAttribute("datetime"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_time_is_meant_in_the_chosen_zone()
    {
        var page = await FilledAsync();
        await page.FindAll("input[type=radio]")[1].ChangeAsync(true);
        Assert.Contains("Choose a date", page.Find(".preview").TextContent, StringComparison.Ordinal);
        await page.Find("#schedule-zone").ChangeAsync("Europe/Vienna");

        await page.Find("#schedule-at").InputAsync("2099-07-24T22:00");
        Assert.Equal("Fri 2099-07-24 22:00", Assert.Single(page.FindAll(".preview li")).TextContent);
        await page.Find("form").SubmitAsync();

        var made = Assert.Single(await Schedules.ListAsync("local", default));
        Assert.Equal(new ScheduleTimes(null, "Europe/Vienna", new DateTimeOffset(2099, 7, 24, 20, 0, 0, TimeSpan.Zero)), made.Times);
    }

    [Fact]
    public async Task What_is_refused_is_told_at_its_field()
    {
        var page = await FilledAsync();
        await page.Find("#schedule-cron").InputAsync("at six");
        await page.Find("form").SubmitAsync();
        Assert.Equal("true", page.Find("#schedule-cron").GetAttribute("aria-invalid"));

        await page.Find("#schedule-cron").InputAsync("0 6 * * *");
        await page.Find("#schedule-input").ChangeAsync("{ text");
        await page.Find("form").SubmitAsync();
        Assert.Equal(("true", null), (page.Find("#schedule-input").GetAttribute("aria-invalid"), page.Find("#schedule-cron").GetAttribute("aria-invalid")));
        Assert.Empty(await Schedules.ListAsync("local", default));
    }

    [Fact]
    public async Task A_schedule_is_changed_where_it_stands_and_one_that_is_gone_is_said_to_be()
    {
        var page = await FilledAsync();
        await page.Find("form").SubmitAsync();
        var id = Assert.Single(await Schedules.ListAsync("local", default)).Id;

        var change = Render<ScheduleForm>(p => p.Add(x => x.Id, id));
        Assert.Equal("Morning", change.Field("Name").GetAttribute("value"));
        await change.Field("Name").ChangeAsync("Evening");
        await change.Find("#schedule-cron").InputAsync("0 18 * * *");
        await change.Find("#schedule-overlap").ChangeAsync(true);
        await change.Find("form").SubmitAsync();

        var changed = Assert.Single(await Schedules.ListAsync("local", default));
        Assert.Equal((id, "Evening", "0 18 * * *", ScheduleOverlap.Allow), (changed.Id, changed.Name, changed.Times.Cron, changed.Overlap));
        Assert.Contains("There is no such schedule", Render<ScheduleForm>(p => p.Add(x => x.Id, "gone")).Markup, StringComparison.Ordinal);
    }

    private async Task<IRenderedComponent<SchedulePage>> FilledAsync()
    {
        var page = Render<SchedulePage>();
        await page.Field("Name").ChangeAsync("Morning");
        await page.Find("#schedule-input").ChangeAsync("""{"text":"Hello.","format":"plain","targetLanguage":"es"}""");
        return page;
    }
}
