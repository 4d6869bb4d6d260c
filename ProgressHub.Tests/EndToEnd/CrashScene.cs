using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.EndToEnd;

/// <summary>
/// A server that is killed and started again and again, all the jobs it ever acknowledged, and watchers that stay
/// through it all.
/// </summary>
internal sealed class CrashScene : IAsyncDisposable
{
    private readonly List<AcceptedJob> _jobs = [];
    private readonly List<SteadyWatcher> _watchers = [];
    private readonly Random _random;

    private CrashScene(ServerProcess server, Random random)
    {
        Server = server;
        _random = random;
    }

    public ServerProcess Server { get; }

    /// <summary>How many kills there were while a job ran.</summary>
    public int KillsInTheMiddle { get; private set; }

    public IReadOnlyList<AcceptedJob> Jobs => _jobs;

    private HttpClient Client => Server.Client;

    public static async Task<CrashScene> StartAsync(Random random, params (string Key, string Value)[] settings) => new(
        await ServerProcess.StartNewAsync(
            [("Translation:PseudoDelay", "00:00:02"), ("Execution:MaxFruitlessInterruptions", "1000"), .. settings]),
        random);

    /// <summary>Submits a job and watches it from the beginning.</summary>
    public async Task<AcceptedJob> SubmitWatchedAsync(object input)
    {
        var job = await SubmitAsync(input);
        _watchers.Add(new SteadyWatcher(Server, job.Id));
        return job;
    }

    public async Task<AcceptedJob> SubmitAsync(object? input = null, string? key = null)
    {
        input ??= Short();
        var job = new AcceptedJob(await Client.SubmitAsync(input, key ?? $"Job {_jobs.Count + 1}", key), input);
        _jobs.Add(job);
        return job;
    }

    /// <summary>Keeps several long jobs running, however many have ended.</summary>
    public async Task KeepBusyAsync()
    {
        for (var running = Running.Count(); running < 3; running++)
            await SubmitWatchedAsync(Long());
    }

    /// <summary>Waits for a random number of events of a random running job, and a random moment more.</summary>
    public async Task RunForAWhileAsync()
    {
        var running = Running.ToList();
        await running[_random.Next(running.Count)].MoreAsync(_random.Next(1, 15));
        await MomentAsync(30);
    }

    public Task MomentAsync(int atMostMilliseconds) =>
        Task.Delay(TimeSpan.FromMilliseconds(_random.NextDouble() * atMostMilliseconds), TimeProvider.System);

    /// <summary>Acknowledged as canceled before a kill: it must end so.</summary>
    public async Task CancelAsync(AcceptedJob job)
    {
        var state = await Client.CancelAsync(job.Id);
        Assert.Contains(state.Text("state"), (string[])["canceling", "canceled"]);
        job.Canceled = true;
    }

    /// <summary>Submits a long job; returns once it has shown so much of itself that it runs.</summary>
    public async Task<AcceptedJob> BeginLongAsync()
    {
        var job = await SubmitWatchedAsync(Long());
        await _watchers[^1].MoreAsync(_random.Next(4, 15));
        return job;
    }

    public async Task KillAsync()
    {
        if (Running.Any())
            KillsInTheMiddle++;
        await Server.KillAsync();
    }

    /// <summary>Asserts all that must be true at any moment the server is up.</summary>
    public async Task CheckAsync()
    {
        foreach (var job in _jobs)
        {
            // First what was seen, then the log: the log may have grown meanwhile, but nothing may be gone.
            var seen = _watchers.Find(w => w.JobId == job.Id)?.Seen ?? [];
            var log = await Client.LogAsync(job.Id);
            LogAssert.IsSound(log);
            LogAssert.Saw(log, seen);
            if (job.Canceled)
                Assert.Equal("canceled", (await Client.EndAsync(job.Id)).Text("state"));
        }
    }

    /// <summary>Lets every job end, and asserts that all is as if there had been no kill.</summary>
    public async Task CheckEndAsync()
    {
        var listed = await Client.JsonAsync("/api/jobs?limit=200");
        Assert.Equal(
            _jobs.Select(j => j.Id).Order(), listed.GetProperty("jobs").EnumerateArray().Select(j => j.Id()).Order());

        foreach (var job in _jobs)
        {
            await Client.EndAsync(job.Id);
            var log = await Client.LogAsync(job.Id);
            LogAssert.EndsWith(job.Canceled ? "canceled" : "succeeded", log);
            if (!job.Canceled)
                Assert.Equal(await job.ExpectedAsync(), await Client.GetStringAsync($"/api/jobs/{job.Id}/result"));
            if (_watchers.Find(w => w.JobId == job.Id) is not { } watcher)
                continue;
            await watcher.Completion.Soon();
            LogAssert.SawAll(log, watcher.Seen);
        }

        Server.AssertCalm();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var watcher in _watchers)
            watcher.Dispose();
        await Server.DisposeAsync();
    }

    private IEnumerable<SteadyWatcher> Running => _watchers.Where(w => w.Seen is not [.., { IsDone: true }]);

    private static object Short() => JobCalls.Pseudo(LongTexts.Prose(1000, 7), 200);

    private object Long() => JobCalls.Pseudo(LongTexts.Prose(40_000, _random.Next()), 200);
}

/// <summary>A job the server has acknowledged.</summary>
internal sealed class AcceptedJob(string id, object input)
{
    public string Id => id;

    public bool Canceled { get; set; }

    /// <summary>The result of a run that nothing interrupts.</summary>
    public async Task<string> ExpectedAsync()
    {
        await using var host = new TranslationHost();
        using var context = new FakeWorkloadContext(input);
        return await host.RunAsync(context);
    }
}
