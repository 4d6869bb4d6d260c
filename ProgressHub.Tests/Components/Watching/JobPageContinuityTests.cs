using Bunit;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Listing;
using ProgressHub.Web.Components.Pages;

namespace ProgressHub.Tests.Components.Watching;

/// <summary>What happens while a page reads what came before it.</summary>
public sealed class JobPageContinuityTests : ComponentTest
{
    [Fact]
    public async Task What_happens_while_the_page_reads_the_past_is_shown_once()
    {
        using var job = await DrivenJob.StartAsync(Services);
        var said = 0;
        async Task SayAsync()
        {
            await job.LogAsync($"line {said}");
            await job.PartialAsync(said, $"piece {said}");
            said++;
        }

        await SayAsync();
        Log.Interruption = SayAsync;
        var page = Open(job.Id);
        page.WaitForElement(".line");
        Log.Interruption = null;
        await SayAsync();

        Assert.True(said > 4);
        page.WaitForAssertion(() => Assert.Equal(
            Enumerable.Range(0, said).Select(i => $"line {i}"), page.FindAll(".line .message").Select(e => e.Text())));
        page.WaitForAssertion(() => Assert.Equal(
            Enumerable.Range(0, said).Select(i => $"piece {i}"), page.FindAll(".piece .text").Select(e => e.TextContent)));
    }

    [Fact]
    public async Task A_later_version_of_a_piece_is_not_undone_by_an_earlier_one()
    {
        using var job = await DrivenJob.StartAsync(Services);
        var version = 0;
        Log.Interruption = () => job.PartialAsync(0, $"version {++version}");

        var page = Open(job.Id);
        page.WaitForElement(".piece");
        Log.Interruption = null;
        await job.LogAsync("done");

        page.WaitForAssertion(() => Assert.Single(page.FindAll(".line")));
        Assert.Equal($"version {version}", page.Find(".piece .text").TextContent);
    }

    [Fact]
    public async Task A_job_that_ends_while_the_page_opens_is_shown_ended()
    {
        using var job = await DrivenJob.StartAsync(Services);
        Log.Interruption = () =>
        {
            Log.Interruption = null;
            return job.FinishAsync();
        };

        var page = Open(job.Id);

        page.WaitForAssertion(() => Assert.Equal("Succeeded · Letter", TitleOf(page)));
        page.WaitForAssertion(() => Assert.Contains("ended", page.Find(".connection").ClassList));
    }

    [Fact]
    public async Task A_job_submitted_while_the_list_is_read_is_listed_once()
    {
        var submitted = new List<DrivenJob>();
        Log.Interruption = async () => submitted.Add(await DrivenJob.SubmitAsync(Services, $"Job {submitted.Count}"));

        var list = Render<LiveJobList>();
        list.WaitForElement(".row");
        Log.Interruption = null;

        list.WaitForAssertion(() => Assert.Equal(["Job 1", "Job 0"], list.FindAll(".title").Select(e => e.TextContent)));
        Assert.Equal(2, submitted.Count);
    }

    [Fact]
    public async Task A_store_that_is_down_for_a_moment_is_tried_again()
    {
        using var job = await DrivenJob.StartAsync(Services);
        Log.Failures = 1;

        var page = Open(job.Id);

        page.WaitForAssertion(() => Assert.Equal("Letter", page.Find("h1").TextContent));
    }

    private IRenderedComponent<JobPage> Open(JobId id) => Render<JobPage>(p => p.Add(x => x.Id, id.ToString()));
}
