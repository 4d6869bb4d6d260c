using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Tests.Support;

/// <summary>A job whose log the test writes, through the engine's own writer; each step is committed and shown when it returns.</summary>
internal sealed class DrivenJob : IDisposable
{
    private readonly IServiceProvider _services;
    private readonly string _kind;
    private EventWriter? _writer;

    private DrivenJob(IServiceProvider services, JobId id, string kind)
    {
        _services = services;
        _kind = kind;
        Id = id;
    }

    public JobId Id { get; }

    public static Task<DrivenJob> SubmitAsync(
        IServiceProvider services, string title = "Letter", string owner = "local", params string[] tags) => SubmitAsync(
        services,
        new JobRequest
        {
            Kind = "translation", Title = title, Owner = owner, Tags = tags,
            Input = JsonDocument.Parse("""{"text":"Hello"}""").RootElement,
        });

    public static async Task<DrivenJob> SubmitAsync(IServiceProvider services, JobRequest request)
    {
        var submission = await services.GetRequiredService<JobService>().SubmitAsync(request, CancellationToken.None);
        return new DrivenJob(services, submission.Snapshot.JobId, request.Kind);
    }

    /// <summary>Submits a job and begins its attempt.</summary>
    public static async Task<DrivenJob> StartAsync(IServiceProvider services, string title = "Letter")
    {
        var job = await SubmitAsync(services, title);
        await job.StartAsync();
        return job;
    }

    /// <summary>Begins the attempt. Jobs are to be started in the order they were submitted in.</summary>
    public async Task StartAsync(string engine = "pseudo", params StageDeclaration[] stages)
    {
        var store = _services.GetRequiredService<IJobStore>();
        var claim = new ClaimRequest("test", new Dictionary<string, int> { [_kind] = 1 }, 1, TimeProvider.System.GetUtcNow());
        Assert.Equal(Id, Assert.Single(await store.ClaimAsync(claim, CancellationToken.None)).Id);
        _writer = await _services.GetRequiredService<JobLogs>().OpenAsync(Id, CancellationToken.None);
        if (stages.Length == 0)
            stages = [.. FormWorkload.Plan.Stages.Select(s => new StageDeclaration(s.Name, s.Label, s.Weight))];
        await SayAsync(new StartedEvent(stages, engine));
    }

    /// <summary>Appends events.</summary>
    public Task SayAsync(params IEnumerable<JobEvent> events)
    {
        foreach (var next in events)
            _writer!.Append(next);
        return _writer!.FlushAsync();
    }

    public Task StageAsync(int index) => SayAsync(new StageEvent(
        FormWorkload.Plan.Stages[index].Name, FormWorkload.Plan.Stages[index].Label, index + 1, FormWorkload.Plan.Stages.Count));

    public Task LogAsync(string message, JobLogLevel level = JobLogLevel.Info) => SayAsync(new LogEvent(level, message));

    public Task PartialAsync(int index, string text, int? total = null) =>
        SayAsync(new PartialEvent(index, total, Ok: true, text));

    public Task FinishAsync(JobState state = JobState.Succeeded, JobError? error = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        _writer!.Append(
            new DoneEvent(state, error, state == JobState.Canceled ? null : JobUrls.Result(Id), new JobSummary(10, [])),
            job => job.Finish(state, now));
        return _writer.FlushAsync();
    }

    public void Dispose()
    {
        _writer?.Dispose();
        _writer = null;
    }
}
