using System.Text.Json.Nodes;
using ProgressHub.Client;
using ProgressHub.Client.Events;
using ProgressHub.Client.Jobs;
using ProgressHub.Client.Watching;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.ClientLibrary;

/// <summary>Watching jobs of the real server.</summary>
public sealed class ClientWatchTests(PlainServer plain) : IClassFixture<PlainServer>, IAsyncLifetime
{
    public static TheoryData<WatchTransport> Transports => [.. Enum.GetValues<WatchTransport>()];

    public Task InitializeAsync() => plain.ForgetJobsAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task Every_event_comes_once_and_in_order_though_the_server_is_killed_in_the_middle(WatchTransport transport)
    {
        await using var server = await ServerProcess.StartNewAsync();
        using var hub = server.Client();
        await using var job = await hub.StartAsync("Watched");
        job.Log("Line 0");
        await job.FlushAsync().Soon();
        List<JobUpdate> seen = [];
        var reached = new Dictionary<string, TaskCompletionSource> { ["Line 0"] = new(), ["Line 1"] = new() };
        var watching = Task.Run(async () =>
        {
            await foreach (var update in hub.WatchAsync(job.JobId, new WatchOptions { After = 0, Transports = [transport] }))
            {
                seen.Add(update);
                if (update.Event is LogEvent line)
                    reached.GetValueOrDefault(line.Message)?.TrySetResult();
            }
        });

        await reached["Line 0"].Task.Soon();
        await server.KillAsync();
        await server.StartAsync();
        job.Log("Line 1");
        await reached["Line 1"].Task.Soon();
        await job.CompleteAsync().Soon();
        await watching.Soon();

        Assert.Null(seen[0].Event);
        var events = seen.Skip(1).Select(update => update.Event!).ToList();
        var log = await server.LogOfAsync(job.JobId);
        Assert.Equal(events.Select(e => e.Seq).Order().Distinct(), events.Select(e => e.Seq));
        Assert.Equal(
            log.Where(e => e.Text("type") != "progress").Select(e => (e.GetProperty("seq").GetInt64(), e.Text("type")!)),
            events.Where(e => e is not ProgressEvent).Select(e => (e.Seq, e.Type)));
        Assert.Equal((JobState.Succeeded, 1d, log.Count), (seen[^1].Snapshot.State, seen[^1].Snapshot.Fraction, (int)seen[^1].Snapshot.Seq));
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_job_that_has_ended_tells_its_end_and_no_more(WatchTransport transport)
    {
        var server = plain.Process;
        using var hub = server.Client();
        await using var job = await hub.StartAsync("Over");
        await job.CompleteAsync();

        var fresh = await hub.WatchAsync(job.JobId, new WatchOptions { Transports = [transport] }).ToListAsync().Soon();
        var seq = fresh[^1].Snapshot.Seq;
        var again = await hub.WatchAsync(job.JobId, new WatchOptions { Transports = [transport], After = seq }).ToListAsync().Soon();

        Assert.Collection(fresh, first => Assert.Null(first.Event), last => Assert.IsType<DoneEvent>(last.Event));
        Assert.Equal(JobState.Succeeded, Assert.Single(again).Snapshot.State);
    }

    [Theory]
    [MemberData(nameof(Transports))]
    public async Task A_job_that_is_not_there_is_an_error_at_once(WatchTransport transport)
    {
        var server = plain.Process;
        using var hub = server.Client();

        var refusal = await Assert.ThrowsAsync<ProgressHubException>(async () =>
            await hub.WatchAsync(new string('0', 32), new WatchOptions { Transports = [transport] }).ToListAsync().Soon());

        Assert.Equal("job_not_found", refusal.Code);
    }

    [Fact]
    public async Task A_job_is_submitted_watched_answered_for_listed_retried_and_deleted()
    {
        var server = plain.Process;
        using var hub = server.Client();
        var submission = new JobSubmission("translation", new JsonObject
        {
            ["text"] = "The lamp is lit.\n\nIt burns.", ["targetLanguage"] = "es", ["engine"] = "pseudo", ["batchCharacters"] = 50,
        })
        { Title = "Letter", Tags = ["client"] };

        var job = await hub.SubmitAsync(submission);
        var end = await hub.WaitAsync(job.JobId).Soon();
        using var result = await hub.GetResultAsync(job.JobId);
        var retried = await hub.RetryAsync(job.JobId);
        await hub.WaitAsync(retried.JobId).Soon();
        var listed = await hub.ListAsync(new JobQuery { Kind = "translation", Tag = "client", State = JobState.Succeeded, PageSize = 1 }).ToListAsync();
        await hub.DeleteAsync(job.JobId);
        var purged = await Assert.ThrowsAsync<ProgressHubException>(() => hub.GetAsync(job.JobId));

        Assert.Equal((JobState.Succeeded, "Letter", 1d), (end.State, end.Title, end.Fraction));
        Assert.NotEmpty(await result.ReadTextAsync());
        Assert.Equal(job.JobId, retried.RetryOf);
        Assert.Equal([retried.JobId, job.JobId], listed.Select(j => j.JobId));
        Assert.Equal("job_purged", purged.Code);
        var refused = await Assert.ThrowsAsync<ProgressHubException>(() => hub.SubmitAsync(new JobSubmission("nothing", new JsonObject())));
        Assert.Equal(("unknown_kind", false), (refused.Code, refused.IsTransient));
    }

    [Fact]
    public async Task A_watch_ends_when_its_token_is_canceled_and_the_job_goes_on()
    {
        var server = plain.Process;
        using var hub = server.Client();
        await using var job = await hub.StartAsync("Goes on");
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in hub.WatchAsync(job.JobId, cancellationToken: stop.Token))
                await stop.CancelAsync();
        });

        await Patience.UntilAsync(async () => (await hub.GetAsync(job.JobId)).State == JobState.Running, "the job runs");
        await job.CompleteAsync().Soon();
    }
}
