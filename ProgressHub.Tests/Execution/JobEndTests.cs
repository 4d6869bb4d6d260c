using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Uploads;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

/// <summary>
/// Whoever ends a job, all that belongs to its end is done: counted, out of the queue and its secrets dealt with before anybody
/// sees that it has ended, and what of its files was still to come is dropped.
/// </summary>
public sealed class JobEndTests
{
    private readonly ManualTime _time = new();
    private readonly Signal _running = new();

    [Fact]
    public async Task By_the_attempt_itself()
    {
        using var ended = new CountedEnds("end-normal");
        await using var engine = await StartAsync("end-normal", _ => Task.CompletedTask);
        var (job, file) = await SubmitAsync(engine, "end-normal");

        await AssertEndedAsync(engine, ended, job, file, JobState.Succeeded);
    }

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task By_the_attempt_that_fails_or_is_canceled(bool cancel)
    {
        var kind = $"end-failed-{cancel}";
        using var ended = new CountedEnds(kind);
        await using var engine = await StartAsync(kind, async context =>
        {
            _running.Set();
            if (!cancel)
                throw new WorkloadException("broken", "It broke.");
            await Forever.WaitAsync(context.CancellationToken);
        });
        var (job, file) = await SubmitAsync(engine, kind);
        await _running.Task.Soon();
        if (cancel)
            await engine.Jobs.CancelAsync(job, EngineHost.Owner, CancellationToken.None).Soon();

        await AssertEndedAsync(engine, ended, job, file, cancel ? JobState.Canceled : JobState.Failed);
    }

    [Fact]
    public async Task By_a_cancel_while_it_waits_in_the_queue()
    {
        using var ended = new CountedEnds("end-queued");
        await using var engine = await StartAsync("end-queued", _ => Task.CompletedTask);
        engine.Faults.Before = (method, _) => method == "ClaimAsync" ? throw new StorageUnavailableException("Not yet.") : Task.CompletedTask;
        var (job, file) = await SubmitAsync(engine, "end-queued");

        await engine.Jobs.CancelAsync(job, EngineHost.Owner, CancellationToken.None).Soon();

        await AssertEndedAsync(engine, ended, job, file, JobState.Canceled);
    }

    [Fact]
    public async Task By_the_recovery_after_a_crash()
    {
        using var ended = new CountedEnds("end-recovered");
        await using var engine = await StartAsync(
            "end-recovered",
            async context =>
            {
                _running.Set();
                await Forever.WaitAsync(context.CancellationToken);
            },
            o => o.MaxInterruptionsWithoutProgress = 1);
        var (job, file) = await SubmitAsync(engine, "end-recovered");
        await _running.Task.Soon();
        await engine.ReachAsync(job, JobState.Running);

        await engine.CrashAsync();

        // Secrets are never on disk: after a restart there are none.
        Assert.Null(await SecretAsync(engine, job));
        await AssertEndedAsync(engine, ended, job, file, JobState.Failed, hasSecrets: false);
    }

    [Fact]
    public async Task By_the_server_where_the_store_broke_under_the_attempt()
    {
        using var ended = new CountedEnds("end-broken");
        var release = new Signal();
        await using var engine = await StartAsync("end-broken", async context =>
        {
            _running.Set();
            await release.Task;
            await context.LogAsync(JobLogLevel.Info, "x");
            await Forever.WaitAsync(context.CancellationToken);
        });
        var (job, file) = await SubmitAsync(engine, "end-broken");
        await _running.Task.Soon();
        await engine.ReachAsync(job, JobState.Running);
        var broken = 0;
        engine.Faults.Before = (method, _) => method == "AppendAsync" && Interlocked.Exchange(ref broken, 1) == 0
            ? throw new InvalidDataException("A defect.")
            : Task.CompletedTask;

        release.Set();

        await AssertEndedAsync(engine, ended, job, file, JobState.Failed);
    }

    [Fact]
    public async Task By_the_server_where_the_attempt_could_not_begin()
    {
        using var ended = new CountedEnds("end-unbegun");
        await using var engine = await StartAsync("end-unbegun", _ => Task.CompletedTask);
        var broken = 0;
        engine.Faults.Before = (method, _) => method == "FindAsync" && Interlocked.Exchange(ref broken, 1) == 0
            ? throw new InvalidDataException("A defect.")
            : Task.CompletedTask;

        var (job, file) = await SubmitAsync(engine, "end-unbegun");

        await AssertEndedAsync(engine, ended, job, file, JobState.Failed);
    }

    private Task<EngineHost> StartAsync(
        string kind, Func<WorkloadContext, Task> run, Action<ExecutionOptions>? options = null) => EngineHost.StartAsync(
        options ?? (_ => { }), services => services.AddSingleton(new JobSecrets(_time)),
        new LambdaWorkload(kind, run)
        {
            Descriptor = LambdaWorkload.Describe(kind) with { FileInput = "file", SecretInputs = ["apiKey"] },
        });

    private static async Task<(JobId Job, string File)> SubmitAsync(EngineHost engine, string kind)
    {
        var file = await engine.Get<UploadService>().CreateAsync(EngineHost.Owner, "a.bin", 10, resumable: true, CancellationToken.None);
        var job = await engine.SubmitForgottenAsync(kind, $$"""{"file":"{{file.Id}}","apiKey":"sk-1"}""");
        return (job.JobId, file.Id);
    }

    private static async Task<string?> SecretAsync(EngineHost engine, JobId job) =>
        (await engine.Get<IKeptSecrets>().FindAsync(job, CancellationToken.None)).GetValueOrDefault("apiKey");

    private async Task AssertEndedAsync(
        EngineHost engine, CountedEnds ended, JobId job, string file, JobState state, bool hasSecrets = true)
    {
        var done = (DoneEvent)(await engine.EndAsync(job))[^1];

        Assert.Equal(state, done.State);
        Assert.Equal([state.Name()], ended.States);
        Assert.Equal(0, engine.Get<JobQueue>().Waiting);
        Assert.Equal(hasSecrets && state == JobState.Failed ? "sk-1" : null, await SecretAsync(engine, job));
        _time.Advance(JobSecrets.KeptAfterFailure);
        Assert.Null(await SecretAsync(engine, job));
        await Patience.UntilAsync(
            async () => await engine.Get<IFileStore>().FindAsync(file, CancellationToken.None) is null, "the rest of its file is dropped");
    }
}
