using ProgressHub.Core.Workloads;

namespace ProgressHub.Testing;

/// <summary>
/// Runs a workload as a server does, but without one: checks and plans the input, runs an attempt, and hands back how it
/// ended with all that the handler told. An attempt that was interrupted can be resumed. Assertions are the test
/// framework's. Dispose it, and the files of its jobs go.
/// </summary>
/// <param name="workload">The workload under test.</param>
public sealed class WorkloadHarness(IWorkload workload) : IDisposable
{
    private readonly List<FakeFiles> _files = [];
    private readonly List<(string Id, string Name, string MediaType, byte[] Content)> _uploads = [];

    /// <summary>Who submits the jobs.</summary>
    public string Owner { get; init; } = "ann";

    /// <summary>The handler's clock, such as a <c>FakeTimeProvider</c>; the system's where a test sets none.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Answers a question; null for one that nobody answers in time, as all are where a test sets nothing.</summary>
    public Func<string, string?> OnAsk { get; set; } = static _ => null;

    /// <summary>
    /// Cancels the attempt once it has delivered so many pieces, as when the server stops in the middle; null to let it run.
    /// What the handler tells from then on has no effect.
    /// </summary>
    public int? InterruptAfterPartials { get; set; }

    /// <summary>How long a handler may take to end once it is canceled, by the system's clock.</summary>
    public TimeSpan CancelGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Adds an uploaded file for the jobs to come.</summary>
    /// <param name="id">Its identity, as an input names it.</param>
    /// <param name="name">What its sender called it.</param>
    /// <param name="mediaType">What it is, such as <c>audio/wav</c>.</param>
    /// <param name="content">Its bytes.</param>
    public void Upload(string id, string name, string mediaType, byte[] content) => _uploads.Add((id, name, mediaType, content));

    /// <summary>Submits a job and runs its first attempt to its end.</summary>
    /// <param name="input">The input: a <c>JsonElement</c>, or an object that is written as one in camelCase.</param>
    /// <param name="cancellationToken">Cancels the job.</param>
    /// <exception cref="WorkloadException">The input is not acceptable: a server answers 422 with this code and message.</exception>
    /// <exception cref="TimeoutException">The handler ignored that it was canceled.</exception>
    public async Task<WorkloadRun> RunAsync(object input, CancellationToken cancellationToken = default)
    {
        var files = new FakeFiles();
        _files.Add(files);
        foreach (var (id, name, mediaType, content) in _uploads)
            files.AddUpload(id, name, mediaType, content);

        var job = FakeJob.Of(InputJson.Of(input), workload.Descriptor.SecretInputs, files);
        return await AttemptAsync(job, earlier: null, cancellationToken);
    }

    /// <summary>
    /// Runs the next attempt of a job, as after a crash, a restart or a transient error: with the pieces that are well, the
    /// checkpoint and the files of the attempts before.
    /// </summary>
    /// <param name="earlier">The attempt before.</param>
    /// <param name="cancellationToken">Cancels the job.</param>
    /// <exception cref="WorkloadException">The input is not acceptable any more: the job would end with this error.</exception>
    /// <exception cref="TimeoutException">The handler ignored that it was canceled.</exception>
    public Task<WorkloadRun> ResumeAsync(WorkloadRun earlier, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        return AttemptAsync(earlier.Job, earlier, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var files in _files)
            files.Dispose();
    }

    private async Task<WorkloadRun> AttemptAsync(FakeJob job, WorkloadRun? earlier, CancellationToken cancellationToken)
    {
        var input = new WorkloadInput(job.InputWithSecrets());
        var plan = await workload.PlanAsync(input, Owner, cancellationToken);

        // What another cut of the work left behind is no use.
        var left = plan.PartialsKey is null || plan.PartialsKey == earlier?.Plan.PartialsKey ? earlier : null;
        using var context = new FakeWorkloadContext(job)
        {
            AttemptNumber = (earlier?.Attempt ?? 0) + 1,
            Checkpoint = left?.Checkpoint,
            Clock = Clock,
            InterruptAfterPartials = InterruptAfterPartials,
            JobOwner = Owner,
            OnAsk = OnAsk,
            Planned = plan,
            Restored = left?.Partials.Where(p => p.Value.Ok).ToDictionary() ?? [],
            ResumesAt = new ResumePoint(earlier?.Record.StageNames is [.., var stage] ? stage : null, 0, null),
            Secrets = job.Secrets,
        };
        var end = await new FakeAttempt(() => workload.RunAsync(input, context), context, CancelGrace).RunAsync(cancellationToken);
        var partials = context.AllPartials;
        return new WorkloadRun(job)
        {
            Plan = plan,
            Attempt = context.Attempt,
            State = end.State,
            Error = end.Error,
            Outcome = end.Outcome,
            Result = end.Outcome is { } outcome ? outcome.Result : workload.Assemble(input, partials),
            Record = context.Record,
            Partials = partials,
            Checkpoint = context.Checkpoint,
            Files = context.Derived,
        };
    }
}
