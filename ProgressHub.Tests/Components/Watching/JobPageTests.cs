using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Pages;

namespace ProgressHub.Tests.Components.Watching;

public sealed class JobPageTests : ComponentTest
{
    [Fact]
    public async Task It_shows_what_happens_as_it_happens()
    {
        using var job = await DrivenJob.StartAsync(Services);
        var page = Open(job.Id);

        await job.StageAsync(1);
        await job.SayAsync(new ProgressEvent { Stage = "translating", Fraction = 0.42, StageFraction = 0.4, Message = "Batch 12 of 47" });
        await job.LogAsync("A line");
        await job.PartialAsync(0, "Hola", total: 47);

        page.WaitForAssertion(() =>
        {
            Assert.Equal("42", page.One("progressbar").GetAttribute("aria-valuenow"));
            Assert.Contains("Batch 12 of 47", page.Markup, StringComparison.Ordinal);
            Assert.Contains("A line", page.Find(".line").Text(), StringComparison.Ordinal);
            Assert.Equal("Hola", page.Find(".piece .text").TextContent);
            Assert.Equal("42 % · Letter", TitleOf(page));
        });
        Assert.Contains("Connected", page.Find(".connection").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Opened_in_mid_job_it_shows_every_line_and_piece_once()
    {
        using var job = await DrivenJob.StartAsync(Services);
        await job.StageAsync(1);
        for (var i = 0; i < 10; i++)
        {
            await job.LogAsync($"line {i:00}");
            await job.PartialAsync(i, $"piece {i:00}");
        }

        var page = Open(job.Id);
        for (var i = 10; i < 20; i++)
        {
            await job.LogAsync($"line {i:00}");
            await job.PartialAsync(i, $"piece {i:00}");
        }

        page.WaitForAssertion(() => Assert.Equal(
            Enumerable.Range(0, 20).Select(i => $"line {i:00}"), page.FindAll(".line .message").Select(e => e.Text())));
        page.WaitForAssertion(() => Assert.Equal(
            Enumerable.Range(0, 20).Select(i => $"piece {i:00}"), page.FindAll(".piece .text").Select(e => e.TextContent)));
    }

    [Fact]
    public async Task A_finished_job_opens_as_it_ended_and_follows_nothing()
    {
        using var job = await DrivenJob.StartAsync(Services);
        await job.PartialAsync(0, "Hola", total: 1);
        await job.FinishAsync();

        var page = Open(job.Id);

        Assert.Equal("Succeeded · Letter", TitleOf(page));
        Assert.Equal("100", page.One("progressbar").GetAttribute("aria-valuenow"));
        Assert.EndsWith($"api/jobs/{job.Id}/result?download=true", page.One("link", "Download the result").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("ended", page.Find(".connection").ClassList);
        Assert.Equal(0, Services.GetRequiredService<EventFeeds>().WatcherCount);
    }

    [Fact]
    public async Task Stages_are_listed_with_their_times_and_the_present_one_is_marked()
    {
        using var job = await DrivenJob.StartAsync(Services);
        await job.StageAsync(0);
        await job.StageAsync(1);

        var page = Open(job.Id);

        var stages = page.FindAll(".stage");
        Assert.Matches("Preparing .*done.* s$", stages[0].Text());
        Assert.Equal("step", stages[1].GetAttribute("aria-current"));
        Assert.Contains("to come", stages[2].Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_one_live_region_says_stages_and_the_end_and_nothing_else()
    {
        using var job = await DrivenJob.StartAsync(Services);
        var page = Open(job.Id);
        Assert.Equal("", page.One("status").TextContent);

        await job.StageAsync(1);
        await job.LogAsync("Not to be said");
        await job.PartialAsync(0, "Nor this");
        page.WaitForAssertion(() => Assert.Equal("Stage 2 of 3: Translating", page.One("status").TextContent));
        await job.FinishAsync();

        page.WaitForAssertion(() => Assert.Equal("Letter has succeeded.", page.One("status").TextContent));
        Assert.All(page.FindAll("[aria-live]"), e => Assert.True(e.GetAttribute("role") == "status" || e.GetAttribute("aria-live") == "off"));
    }

    [Fact]
    public async Task Pieces_stand_in_order_with_a_gap_where_one_is_being_worked_on()
    {
        using var job = await DrivenJob.StartAsync(Services);
        await job.PartialAsync(2, "third", total: 4);
        await job.PartialAsync(0, "first", total: 4);
        await job.SayAsync(new PartialEvent(3, 4, Ok: false, Error: "It broke."));

        var page = Open(job.Id);

        Assert.Equal(
            ["1 first", "1 item is being worked on", "3 third", "4 Failed: It broke."],
            page.FindAll(".pieces > li").Select(e => e.Children.Length == 0 ? e.Text() : string.Join(' ', e.Children.Select(c => c.Text()))));
    }

    [Fact]
    public async Task Of_ten_thousand_log_lines_it_holds_the_last_and_shows_earlier_ones_when_asked()
    {
        using var job = await DrivenJob.StartAsync(Services);
        for (var i = 0; i < 10_000; i += 500)
            await job.SayAsync(Enumerable.Range(i, 500).Select(n => new LogEvent(JobLogLevel.Info, $"line {n}")));
        var page = Open(job.Id);
        Assert.Equal(200, page.FindAll(".line").Count);
        await job.SayAsync(Enumerable.Range(10_000, 500).Select(n => new LogEvent(JobLogLevel.Info, $"line {n}")));
        page.WaitForAssertion(() => Assert.Contains("line 10499", page.FindAll(".line")[^1].TextContent, StringComparison.Ordinal));
        Assert.Equal(200, page.FindAll(".line").Count);

        await page.One("button", "Show earlier lines").ClickAsync(new());

        Assert.Equal(
            Enumerable.Range(10_100, 400).Select(n => $"line {n}"), page.FindAll(".line .message").Select(e => e.Text()));
    }

    [Fact]
    public async Task Of_ten_thousand_pieces_it_holds_the_last_and_shows_earlier_ones_when_asked()
    {
        using var job = await DrivenJob.StartAsync(Services);
        for (var i = 0; i < 10_000; i += 500)
            await job.SayAsync(Enumerable.Range(i, 500).Select(n => new PartialEvent(n, 10_000, Ok: true, $"piece {n}")));
        var page = Open(job.Id);
        Assert.Equal(100, page.FindAll(".piece").Count);

        await page.One("button", "Show earlier pieces").ClickAsync(new());

        Assert.Equal(
            Enumerable.Range(9800, 200).Select(n => $"piece {n}"), page.FindAll(".piece .text").Select(e => e.TextContent));
    }

    [Fact]
    public async Task Earlier_lines_are_found_across_a_long_stretch_of_progress()
    {
        using var job = await DrivenJob.StartAsync(Services);
        await job.LogAsync("the first line");
        for (var i = 0; i < 3000; i += 500)
            await job.SayAsync(Enumerable.Range(i, 500).Select(n => new ProgressEvent { Fraction = n / 4000.0, StageFraction = 0.5 }));

        var page = Open(job.Id);

        Assert.Contains("the first line", Assert.Single(page.FindAll(".line")).TextContent, StringComparison.Ordinal);
        Assert.Empty(page.All("button", "Show earlier"));
    }

    [Theory]
    [InlineData("00000000000000000000000000000000", "There is no such job")]
    [InlineData("nonsense", "This is not a job's address")]
    public void An_address_without_a_job_says_so(string id, string heading)
    {
        var page = Render<JobPage>(p => p.Add(x => x.Id, id));

        page.WaitForAssertion(() => Assert.Equal(heading, page.One("heading").TextContent));
    }

    [Fact]
    public async Task A_job_of_somebody_else_does_not_exist()
    {
        using var job = await DrivenJob.SubmitAsync(Services, "Secret", owner: "somebody else");

        var page = Render<JobPage>(p => p.Add(x => x.Id, job.Id.ToString()));

        page.WaitForAssertion(() => Assert.Equal("There is no such job", page.One("heading").TextContent));
        Assert.DoesNotContain("Secret", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_job_is_said_to_be_gone()
    {
        using var job = await DrivenJob.StartAsync(Services);
        await job.FinishAsync();
        job.Dispose();
        await Jobs.DeleteAsync(job.Id, "local", CancellationToken.None);

        var page = Render<JobPage>(p => p.Add(x => x.Id, job.Id.ToString()));

        page.WaitForAssertion(() => Assert.Equal("This job is gone", page.One("heading").TextContent));
    }

    [Fact]
    public async Task Another_address_shows_another_job()
    {
        using var first = await DrivenJob.SubmitAsync(Services, "First");
        using var second = await DrivenJob.SubmitAsync(Services, "Second");
        var page = Open(first.Id);

        page.Render(p => p.Add(x => x.Id, second.Id.ToString()));

        page.WaitForAssertion(() => Assert.Equal("Second", page.Find("h1").TextContent));
        page.WaitForAssertion(() => Assert.Equal(1, Services.GetRequiredService<EventFeeds>().WatcherCount));
    }

    [Fact]
    public async Task Leaving_the_page_ends_its_watching()
    {
        using var job = await DrivenJob.StartAsync(Services);
        Open(job.Id);
        Assert.Equal(1, Services.GetRequiredService<EventFeeds>().WatcherCount);

        await DisposeComponentsAsync();

        Assert.Equal(0, Services.GetRequiredService<EventFeeds>().WatcherCount);
    }

    [Fact]
    public async Task Raw_events_are_shown_as_they_go_over_the_wire()
    {
        using var job = await DrivenJob.StartAsync(Services);
        Address.NavigateTo($"jobs/{job.Id}?tab=events");
        var page = Open(job.Id);

        Assert.Equal(["queued", "started"], page.FindAll("#raw-events code")
            .Select(e => System.Text.Json.JsonDocument.Parse(e.TextContent).RootElement.GetProperty("type").GetString()));
    }

    private IRenderedComponent<JobPage> Open(JobId id)
    {
        var page = Render<JobPage>(p => p.Add(x => x.Id, id.ToString()));
        page.WaitForElement("h1");
        return page;
    }
}
