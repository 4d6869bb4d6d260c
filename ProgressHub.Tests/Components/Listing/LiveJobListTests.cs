using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Listing;
using ProgressHub.Web.Components.Pages;

namespace ProgressHub.Tests.Components.Listing;

public sealed class LiveJobListTests : ComponentTest
{
    [Fact]
    public async Task The_newest_job_stands_first_and_new_ones_appear_as_they_come()
    {
        using var first = await DrivenJob.SubmitAsync(Services, "First");
        var list = Show(new JobListFilter());
        Assert.Equal(["First"], Titles(list));

        using var second = await DrivenJob.SubmitAsync(Services, "Second");

        list.WaitForAssertion(() => Assert.Equal(["Second", "First"], Titles(list)));
    }

    [Fact]
    public async Task A_row_follows_its_job()
    {
        using var job = await DrivenJob.SubmitAsync(Services);
        var list = Show(new JobListFilter());

        await job.StartAsync();
        await job.StageAsync(1);
        await job.SayAsync(new ProgressEvent
        {
            Stage = "translating", Fraction = 0.42, StageFraction = 0.4, Eta = new Eta(41_000, 58_000, "rate", 9),
        });

        list.WaitForAssertion(() =>
        {
            var row = Assert.Single(list.FindAll(".row")).Text();
            Assert.Contains("Translating", row, StringComparison.Ordinal);
            Assert.Contains("42 %", row, StringComparison.Ordinal);
            Assert.Contains("about 40–60 s left", row, StringComparison.Ordinal);
            Assert.Contains("Running", row, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_row_says_the_state_once_also_before_the_first_stage()
    {
        using var job = await DrivenJob.SubmitAsync(Services);
        var list = Show(new JobListFilter());

        await job.StartAsync();

        list.WaitForAssertion(() =>
        {
            var row = Assert.Single(list.FindAll(".row")).Text();
            Assert.Equal(1, row.Split("Running").Length - 1);
            Assert.Contains("Starting", row, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_job_that_no_longer_fits_the_filter_leaves_and_one_that_now_does_comes()
    {
        using var job = await DrivenJob.SubmitAsync(Services);
        var running = Show(new JobListFilter(State: "running"));
        var ended = Show(new JobListFilter(State: JobListFilter.Ended));
        Assert.Empty(Titles(running));

        await job.StartAsync();
        running.WaitForAssertion(() => Assert.Equal(["Letter"], Titles(running)));
        await job.FinishAsync();

        running.WaitForAssertion(() => Assert.Empty(Titles(running)));
        ended.WaitForAssertion(() => Assert.Equal(["Letter"], Titles(ended)));
    }

    [Fact]
    public async Task The_end_of_a_job_is_said_and_nothing_before()
    {
        using var job = await DrivenJob.StartAsync(Services);
        var list = Show(new JobListFilter());
        await job.StageAsync(1);
        Assert.Equal("", list.One("status").TextContent);

        await job.FinishAsync();

        list.WaitForAssertion(() => Assert.Equal("Letter: Succeeded", list.One("status").TextContent));
    }

    [Fact]
    public async Task Jobs_of_somebody_else_are_not_listed()
    {
        var list = Show(new JobListFilter());

        using var theirs = await DrivenJob.SubmitAsync(Services, "Theirs", owner: "somebody else");
        using var ours = await DrivenJob.SubmitAsync(Services, "Ours");

        list.WaitForAssertion(() => Assert.Equal(["Ours"], Titles(list)));
    }

    [Fact]
    public async Task Older_jobs_are_a_link_away_and_a_full_page_stays_full()
    {
        for (var i = 1; i <= 3; i++)
            (await DrivenJob.SubmitAsync(Services, $"Job {i}")).Dispose();
        var list = Show(new JobListFilter(), limit: 2);
        Assert.Equal(["Job 3", "Job 2"], Titles(list));

        var older = list.One("link", "Older").GetAttribute("href")!;
        (await DrivenJob.SubmitAsync(Services, "Job 4")).Dispose();
        list.WaitForAssertion(() => Assert.Equal(["Job 4", "Job 3"], Titles(list)));

        var before = long.Parse(older.Split("before=")[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(["Job 1"], Titles(Show(new JobListFilter(Before: before), limit: 2)));
    }

    [Fact]
    public async Task What_stands_in_the_address_is_what_is_listed()
    {
        using var letter = await DrivenJob.SubmitAsync(Services, "A letter");
        using var song = await DrivenJob.SubmitAsync(Services, "A song");
        Address.NavigateTo("jobs?q=LETTER&state=queued");

        var page = Render<JobsPage>();

        page.WaitForAssertion(() => Assert.Equal(["A letter"], Titles(page)));
        Assert.Equal("LETTER", page.Field("Search titles").GetAttribute("value"));
    }

    [Fact]
    public void Without_jobs_it_says_how_to_get_one()
    {
        var page = Render<JobsPage>();

        page.WaitForAssertion(() => Assert.Contains("No jobs yet", page.Markup, StringComparison.Ordinal));
        Assert.NotEmpty(page.All("link", "New job"));
    }

    [Fact]
    public async Task Without_a_match_it_offers_all_jobs()
    {
        using var job = await DrivenJob.SubmitAsync(Services);
        Address.NavigateTo("jobs?q=nothing+like+it");

        var page = Render<JobsPage>();

        page.WaitForAssertion(() => Assert.Equal("jobs", page.One("link", "Show all jobs").GetAttribute("href")));
    }

    [Fact]
    public void A_mistyped_position_is_the_first_page()
    {
        Address.NavigateTo("jobs?before=soon&state=nonsense");

        var page = Render<JobsPage>();

        page.WaitForAssertion(() => Assert.Contains("No jobs yet", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Leaving_the_list_ends_its_watching()
    {
        Show(new JobListFilter());
        var feeds = Services.GetRequiredService<OwnerFeeds>();
        Assert.Equal(1, feeds.WatcherCount);

        await DisposeComponentsAsync();

        Assert.Equal(0, feeds.WatcherCount);
    }

    [Fact]
    public async Task A_list_that_fell_behind_starts_over()
    {
        using var job = await DrivenJob.StartAsync(Services);
        var list = Show(new JobListFilter());

        // More than the ring of a stream holds, in one commit, while the list can't read.
        var stall = list.InvokeAsync(() => job.SayAsync(
            Enumerable.Range(0, 3000).Select(i => new LogEvent(JobLogLevel.Info, $"line {i}"))).Wait(Patience.Limit));
        await stall.Soon();
        await job.FinishAsync();

        list.WaitForAssertion(() => Assert.Contains("Succeeded", list.Find(".row").TextContent, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Titles(IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> list) =>
        list.FindAll(".row .title").Select(e => e.TextContent);

    private IRenderedComponent<LiveJobList> Show(JobListFilter filter, int limit = 25)
    {
        var list = Render<LiveJobList>(p => p.Add(x => x.Filter, filter).Add(x => x.Limit, limit).Add(x => x.Paged, true));
        list.WaitForState(() => list.FindAll("[aria-busy]").Count == 0);
        return list;
    }
}
