using Bunit;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;
using ProgressHub.Web.Components.Watching;

namespace ProgressHub.Tests.Components.Watching;

public sealed class JobActionsTests : ComponentTest
{
    [Fact]
    public async Task Canceling_is_asked_twice()
    {
        using var job = await DrivenJob.SubmitAsync(Services);
        var actions = await ShowAsync(job.Id);

        await actions.One("button", "Cancel").ClickAsync(new());
        Assert.Equal(JobState.Queued, (await FindAsync(job.Id)).State);
        await actions.One("button", "Yes, cancel it").ClickAsync(new());

        Assert.Equal(JobState.Canceled, (await FindAsync(job.Id)).State);
    }

    [Fact]
    public async Task Canceling_can_be_thought_better_of()
    {
        using var job = await DrivenJob.SubmitAsync(Services);
        var actions = await ShowAsync(job.Id);

        await actions.One("button", "Cancel").ClickAsync(new());
        await actions.One("button", "Keep it running").ClickAsync(new());

        Assert.Single(actions.All("button", "Cancel"));
        Assert.Equal(JobState.Queued, (await FindAsync(job.Id)).State);
    }

    [Fact]
    public async Task Retrying_the_failed_items_goes_to_the_new_job()
    {
        using var job = await DrivenJob.StartAsync(Services);
        await job.PartialAsync(0, "Hola", total: 2);
        await job.SayAsync(new PartialEvent(1, 2, Ok: false, Error: "It broke."));
        await job.FinishAsync(JobState.Failed, new JobError("items_failed", "1 part failed."));
        var actions = await ShowAsync(job.Id);

        await actions.One("button", "Retry 1 failed item").ClickAsync(new());

        var next = await FindAsync(JobId.Parse(Address.Uri.Split('/')[^1], null));
        Assert.Equal(job.Id, next.RetryOf);
    }

    [Fact]
    public async Task Retrying_counts_as_submitting_and_more_than_a_minute_allows_is_refused()
    {
        Services.Configure<LimitOptions>(limits => limits.SubmissionsPerMinute = 1);
        using var job = await DrivenJob.StartAsync(Services);
        await job.FinishAsync(JobState.Failed, new JobError("broken", "It broke."));
        var actions = await ShowAsync(job.Id);
        await actions.One("button", "Retry all").ClickAsync(new());
        var first = Address.Uri;

        await actions.One("button", "Retry all").ClickAsync(new());

        Assert.StartsWith("Too many jobs were submitted within a minute", actions.One("alert").Text(), StringComparison.Ordinal);
        Assert.Equal(first, Address.Uri);
    }

    [Fact]
    public async Task A_job_with_failed_items_still_gives_its_result()
    {
        using var job = await DrivenJob.StartAsync(Services);
        await job.SayAsync(new PartialEvent(0, 1, Ok: false, Error: "It broke."));
        await job.FinishAsync(JobState.Failed, new JobError("items_failed", "1 part failed."));

        var actions = await ShowAsync(job.Id);

        Assert.Single(actions.All("link", "Download the result"));
    }

    [Fact]
    public async Task What_there_is_so_far_can_be_downloaded_while_the_job_runs()
    {
        using var job = await DrivenJob.StartAsync(Services);
        Assert.Empty((await ShowAsync(job.Id)).All("link", "Download"));
        await job.PartialAsync(0, "Hola");

        var actions = await ShowAsync(job.Id);

        Assert.Equal($"api/jobs/{job.Id}/result?partial=true&download=true", actions.One("link", "Download so far").GetAttribute("href"));
    }

    [Fact]
    public async Task A_job_that_succeeded_can_be_run_again_but_not_canceled()
    {
        using var job = await DrivenJob.StartAsync(Services);
        await job.FinishAsync();

        var actions = await ShowAsync(job.Id);

        Assert.Single(actions.All("button", "Run again"));
        Assert.Empty(actions.All("button", "Cancel"));
        Assert.Empty(actions.All("button", "failed item"));
    }

    [Fact]
    public async Task A_store_that_refuses_is_told_in_place()
    {
        using var job = await DrivenJob.StartAsync(Services);
        await job.FinishAsync();
        var actions = await ShowAsync(job.Id);
        Store.Broken = true;

        await actions.One("button", "Run again").ClickAsync(new());

        Assert.Contains("can't write", actions.One("alert").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_curl_command_follows_this_job_from_its_start()
    {
        using var job = await DrivenJob.SubmitAsync(Services);
        var module = JSInterop.SetupModule("./ui/clipboard.js");
        var copy = module.Setup<bool>("copy", _ => true).SetResult(true);
        var actions = await ShowAsync(job.Id);

        await actions.One("button", "Copy as curl").ClickAsync(new());

        var command = Assert.IsType<string>(Assert.Single(copy.Invocations).Arguments[0]);
        Assert.Equal($"curl -N -H 'Accept: text/event-stream' 'http://localhost/api/jobs/{job.Id}/events?after=0'", command);
        Assert.Single(actions.All("button", "Copied"));
    }

    [Fact]
    public async Task Where_the_browser_does_not_copy_the_command_is_shown()
    {
        using var job = await DrivenJob.SubmitAsync(Services);
        JSInterop.SetupModule("./ui/clipboard.js").Setup<bool>("copy", _ => true).SetResult(false);
        var actions = await ShowAsync(job.Id);

        await actions.One("button", "Copy as curl").ClickAsync(new());

        Assert.StartsWith("curl -N", actions.Find("input[aria-label='The command']").GetAttribute("value"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_may_only_look_is_offered_nothing_that_changes_the_job()
    {
        using var job = await DrivenJob.StartAsync(Services);
        var running = await ShowAsync(job.Id, mayManage: false);
        await job.FinishAsync(JobState.Failed, new JobError("items_failed", "1 part failed."));
        var ended = await ShowAsync(job.Id, mayManage: false);

        Assert.Empty(running.All("button", "Cancel"));
        Assert.Empty(ended.All("button", "Retry all"));
        Assert.Empty(ended.All("button", "Delete this job"));
        Assert.Empty(ended.All("button", "Share"));
    }

    private async Task<IRenderedComponent<JobActions>> ShowAsync(JobId id, bool mayManage = true)
    {
        var job = await FindAsync(id);
        return Render<JobActions>(p => p.Add(x => x.Job, job).Add(x => x.MayManage, mayManage));
    }

    private async Task<JobSnapshot> FindAsync(JobId id) => (await Jobs.FindAsync(id, "local", CancellationToken.None))!;
}
