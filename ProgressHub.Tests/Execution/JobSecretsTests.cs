using System.Text;
using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Execution;

public sealed class JobSecretsTests
{
    private const string Key = "sk-0123456789-the-secret";
    private const string Input = $$"""{"text":"hello","apiKey":"{{Key}}"}""";

    private readonly Signal _running = new();
    private readonly Signal _release = new();
    private readonly List<string?> _seen = [];

    [Theory, InlineData("apiKey"), InlineData("apikey"), InlineData("APIKEY"), InlineData("ApiKey")]
    public async Task A_secret_reaches_the_handler_and_never_the_disk_or_an_event_however_its_name_is_written(string name)
    {
        await using var engine = await EngineHost.StartAsync(Workload());

        var events = await engine.EndAsync((await engine.SubmitAsync("keyed", $$"""{"text":"hello","{{name}}":"{{Key}}"}""")).JobId);

        Assert.Equal([Key], _seen);
        Assert.All(events, e => Assert.DoesNotContain(Key, Encoding.UTF8.GetString(EventJson.Serialize(e)), StringComparison.Ordinal));
        var stored = await engine.Jobs.ReadInputAsync(events[0].JobId, EngineHost.Owner, CancellationToken.None);
        Assert.Equal("""{"text":"hello"}""", Encoding.UTF8.GetString(stored!.Value.Span));
        AssertNotOnDisk(engine);
        await engine.StopAsync();
        AssertNotOnDisk(engine);
    }

    [Theory]
    [InlineData("keyed", "{\"text\":\"hello\",\"api_key\":\"KEY\"}", "{\"text\":\"hello\"}")]
    [InlineData("keyed", "{\"text\":\"hello\",\"options\":{\"Api-Key\":\"KEY\",\"n\":1}}", "{\"text\":\"hello\",\"options\":{\"n\":1}}")]
    [InlineData("open", "{\"text\":\"hello\",\"apiKey\":\"KEY\",\"list\":[{\"apikey\":\"KEY\"},2,\"apiKey\"]}", "{\"text\":\"hello\",\"list\":[{},2,\"apiKey\"]}")]
    public async Task Nor_does_one_that_stands_elsewhere_or_comes_to_a_workload_that_takes_none(string kind, string input, string expected)
    {
        await using var engine = await EngineHost.StartAsync(Workload(), new LambdaWorkload("open", _ => Task.CompletedTask));

        var job = await engine.SubmitAsync(kind, input.Replace("KEY", Key, StringComparison.Ordinal));

        var stored = await engine.Jobs.ReadInputAsync(job.JobId, EngineHost.Owner, CancellationToken.None);
        Assert.Equal(expected, Encoding.UTF8.GetString(stored!.Value.Span));
        await engine.StopAsync();
        AssertNotOnDisk(engine);
    }

    [Fact]
    public async Task It_is_planned_with_its_secrets_each_time()
    {
        var planned = new List<bool>();
        await using var engine = await EngineHost.StartAsync(Workload(input => planned.Add(input.TryGetProperty("apiKey", out _))));

        await engine.RunAsync("keyed", Input);

        Assert.Equal([true, true], planned);
    }

    [Fact]
    public async Task A_secret_is_gone_once_the_job_has_succeeded()
    {
        await using var engine = await EngineHost.StartAsync(Workload());

        var events = await engine.RunAsync("keyed", Input);

        await Patience.UntilAsync(() => Find(engine, events[0].JobId) is null, "it is forgotten");
    }

    [Fact]
    public async Task A_retry_soon_after_a_failure_has_the_secret()
    {
        var failing = true;
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("keyed", context =>
        {
            _seen.Add(context.Secret("apiKey"));
            return failing ? throw new Core.Workloads.WorkloadException("broken", "Broken.") : Task.CompletedTask;
        })
        {
            Descriptor = LambdaWorkload.Describe("keyed") with { SecretInputs = ["apiKey"] },
        });
        var failed = (await engine.RunAsync("keyed", Input))[^1].JobId;
        failing = false;

        var retry = await engine.Jobs.RetryAsync(failed, EngineHost.Owner, RetryScope.All, CancellationToken.None);
        await engine.EndAsync(retry!.Snapshot.JobId);

        Assert.Equal([Key, Key], _seen);
        await Patience.UntilAsync(() => Find(engine, retry.Snapshot.JobId) is null, "it is forgotten once the retry has succeeded");
    }

    [Fact]
    public async Task A_secret_of_a_job_that_is_canceled_while_it_waits_is_gone_too()
    {
        await using var engine = await EngineHost.StartAsync(
            o => o.MaxConcurrency = 1, new LambdaWorkload("waits", _ => _release.Task), Workload());
        await engine.SubmitAsync("waits");
        var job = await engine.SubmitAsync("keyed", Input);
        Assert.Equal(Key, Find(engine, job.JobId));

        await engine.Jobs.CancelAsync(job.JobId, EngineHost.Owner, CancellationToken.None).Soon();

        Assert.Null(Find(engine, job.JobId));
        _release.Set();
    }

    [Fact]
    public async Task A_secret_of_a_job_that_could_not_be_created_is_gone_too()
    {
        await using var engine = await EngineHost.StartAsync(Workload());
        JobId? refused = null;
        engine.Faults.Before = (method, id) =>
        {
            if (method != "CreateAsync")
                return Task.CompletedTask;
            refused = id;
            throw new StorageUnavailableException("Down.");
        };

        await Assert.ThrowsAsync<StorageUnavailableException>(() => engine.SubmitAsync("keyed", Input));

        Assert.Null(Find(engine, refused!.Value));
    }

    [Fact]
    public async Task A_secret_survives_a_retry_and_not_a_restart()
    {
        await using var engine = await EngineHost.StartAsync(new LambdaWorkload("keyed", async context =>
        {
            _seen.Add(context.Secret("apiKey"));
            if (context.Attempt == 1)
                throw new Core.Workloads.WorkloadException("busy", "Busy.") { IsTransient = true };
            if (context.Attempt == 2)
            {
                _running.Set();
                await _release.WaitAsync(context.CancellationToken);
            }
        })
        {
            Descriptor = LambdaWorkload.Describe("keyed") with { SecretInputs = ["apiKey"] },
        });
        var job = await engine.SubmitAsync("keyed", Input);
        await _running.Task.Soon();

        await engine.StopAsync();
        await engine.StartAsync();
        await engine.EndAsync(job.JobId);

        Assert.Equal([Key, Key, null], _seen);
    }

    [Fact]
    public void Secrets_of_a_failed_job_are_forgotten_after_a_while()
    {
        var time = new ManualTime();
        var secrets = new JobSecrets(time);
        var (first, second) = (Kept(secrets), Kept(secrets));

        secrets.ForgetLater(first);
        time.Advance(JobSecrets.KeptAfterFailure / 2);
        secrets.ForgetLater(second);
        Assert.Equal((Key, Key), (Find(secrets, first), Find(secrets, second)));

        time.Advance(JobSecrets.KeptAfterFailure / 2);
        Assert.Equal((null, Key), (Find(secrets, first), Find(secrets, second)));

        time.Advance(JobSecrets.KeptAfterFailure / 2);
        Assert.Null(Find(secrets, second));
    }

    [Fact]
    public void Of_too_many_failed_jobs_the_earliest_are_forgotten_at_once()
    {
        var secrets = new JobSecrets(new ManualTime());
        var failed = Enumerable.Range(0, JobSecrets.MaxFailed + 2).Select(_ => Kept(secrets)).ToList();

        failed.ForEach(secrets.ForgetLater);

        Assert.Equal(failed[2..], failed.Where(id => Find(secrets, id) is not null));
    }

    [Fact]
    public void An_input_with_a_name_twice_gets_its_secrets_back_and_the_last_of_the_two_counts()
    {
        var merged = JobSecrets.Merge(new Dictionary<string, string> { ["apiKey"] = Key }, JsonElement.Parse("""{"text":"a","text":"b"}"""));

        Assert.Equal(("b", Key), (merged.GetProperty("text").GetString(), merged.GetProperty("apiKey").GetString()));
    }

    private static JobId Kept(JobSecrets secrets)
    {
        var id = JobId.New();
        secrets.KeepAsync(id, new Dictionary<string, string> { ["apiKey"] = Key }, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        return id;
    }

    private static string? Find(JobSecrets secrets, JobId id) =>
        secrets.FindAsync(id, CancellationToken.None).AsTask().GetAwaiter().GetResult().GetValueOrDefault("apiKey");

    private static string? Find(EngineHost engine, JobId id) => Find(engine.Get<JobSecrets>(), id);

    private static void AssertNotOnDisk(EngineHost engine)
    {
        var files = Directory.GetFiles(engine.Folder).Where(f => Path.GetFileName(f).Contains(".db", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(files);
        var key = Encoding.UTF8.GetBytes(Key);
        var found = false;
        foreach (var file in files)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            Assert.True(memory.ToArray().AsSpan().IndexOf(key) < 0, $"{Path.GetFileName(file)} holds the secret.");
            found |= memory.ToArray().AsSpan().IndexOf("hello"u8) >= 0;
        }

        Assert.True(found, "The input itself should be there, or this looks in the wrong place.");
    }

    private LambdaWorkload Workload(Action<JsonElement>? plan = null) => new("keyed", context =>
    {
        _seen.Add(context.Secret("apiKey"));
        Assert.False(context.Input.TryGetProperty("apiKey", out _));
        return Task.CompletedTask;
    })
    {
        Descriptor = LambdaWorkload.Describe("keyed") with { SecretInputs = ["apiKey"] },
        Plan = (input, _) =>
        {
            plan?.Invoke(input);
            return new(new Core.Workloads.WorkloadPlan(LambdaWorkload.Describe("keyed").Stages, null, "Title"));
        },
    };
}
