using System.Net;
using Microsoft.Extensions.Options;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.AspNetCore;

public sealed class LimitTests
{
    [Fact]
    public async Task Who_submits_more_than_a_minute_allows_is_told_when_to_come_back()
    {
        await using var server = new NarrowServer();
        var jobs = new List<string>();
        for (var i = 0; i < 3; i++)
            jobs.Add((await server.SubmitAsync()).Id());
        using var fourth = await server.Client.PostAsync("/api/jobs", WebServer.Raw("""{"kind":"scripted","input":{"text":"x"}}"""));
        using var retry = await server.Client.PostAsync($"/api/jobs/{jobs[0]}/retry", null);
        using var reading = await server.Client.GetAsync("/api/jobs");

        await fourth.IsProblemAsync(429, "rate_limited");
        Assert.InRange(fourth.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        await retry.IsProblemAsync(429, "rate_limited");
        Assert.Equal(HttpStatusCode.OK, reading.StatusCode);
    }

    [Fact]
    public async Task What_is_submitted_in_process_counts_with_what_comes_over_HTTP()
    {
        await using var server = new NarrowServer();
        await server.SubmitAsync();
        var allowance = (SubmissionAllowance)server.Services.GetService(typeof(SubmissionAllowance))!;
        allowance.Require(LocalAuthenticationHandler.Owner);
        allowance.Require(LocalAuthenticationHandler.Owner);

        using var fourth = await server.Client.PostAsync("/api/jobs", WebServer.Raw("""{"kind":"scripted","input":{"text":"x"}}"""));
        var refused = Assert.Throws<WorkloadException>(() => allowance.Require(LocalAuthenticationHandler.Owner));

        await fourth.IsProblemAsync(429, "rate_limited");
        Assert.Equal("rate_limited", refused.Code);
        allowance.Require("somebody else");
    }

    [Fact]
    public async Task A_long_poll_counts_as_a_watcher_and_one_too_many_is_refused()
    {
        await using var server = new NarrowServer();
        var script = server.Workload["watched"];
        var id = (await server.SubmitAsync(run: "watched")).Id();
        await script.Begun;
        var watchers = (WatcherLimiter)server.Services.GetService(typeof(WatcherLimiter))!;
        using var lease = watchers.TryEnter(LocalAuthenticationHandler.Owner, JobId.Parse(id, null));
        using var polled = await server.Client.GetAsync($"/api/jobs/{id}?wait=20");
        using var awaited = await server.Client.GetAsync($"/api/jobs/{id}/result?wait=20");

        await polled.IsProblemAsync(429, "too_many_watchers");
        await awaited.IsProblemAsync(429, "too_many_watchers");
        Assert.NotNull(polled.Headers.RetryAfter);
        script.End(new WorkloadOutcome(null));
    }

    [Fact]
    public void Watchers_are_bounded_by_job_and_by_owner_and_leave_room_when_they_go()
    {
        var limiter = new WatcherLimiter(Options.Create(new LimitOptions { WatchersPerJob = 2, WatchersPerOwner = 3 }));
        var (first, second) = (JobId.New(), JobId.New());

        var leaving = limiter.TryEnter("a", first);
        Assert.NotNull(leaving);
        Assert.NotNull(limiter.TryEnter("a", first));
        Assert.Null(limiter.TryEnter("a", first));
        Assert.Null(limiter.TryEnter("b", first));
        Assert.NotNull(limiter.TryEnter("a", null));
        Assert.Null(limiter.TryEnter("a", second));
        Assert.NotNull(limiter.TryEnter("b", second));
        Assert.Equal(4, limiter.Count);

        leaving.Dispose();
        leaving.Dispose();
        Assert.Equal(3, limiter.Count);
        Assert.NotNull(limiter.TryEnter("b", first));
        Assert.NotNull(limiter.TryEnter("a", second));
    }

    [Fact]
    public void Watchers_are_bounded_over_all_owners_too()
    {
        var limiter = new WatcherLimiter(Options.Create(new LimitOptions { Watchers = 2 }));

        var leaving = limiter.TryEnter("a", null);
        Assert.NotNull(limiter.TryEnter("b", JobId.New()));
        Assert.Null(limiter.TryEnter("c", null));

        leaving!.Dispose();
        Assert.NotNull(limiter.TryEnter("c", null));
    }

    private sealed class NarrowServer : WebServer
    {
        protected override Dictionary<string, string?> Settings => new()
        {
            ["Limits:SubmissionsPerMinute"] = "3",
            ["Limits:WatchersPerJob"] = "1",
        };
    }
}
