using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Quotas;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>Gathers what an attempt begins with: its input, read and planned once, what it takes over, and what is known of its kind.</summary>
internal sealed class AttemptPreparation(
    AttemptStore store, IKeptSecrets secrets, KeptPlans plans, JobPartials partials, DurationHistory durations, QuotaKeeper quotas)
{
    /// <exception cref="WorkloadException">The input is no longer acceptable, such as for a key that went with a restart.</exception>
    public async Task<PreparedAttempt> PrepareAsync(Attempt attempt, CancellationToken cancellationToken)
    {
        var id = attempt.Job.Id;
        var kept = plans.Take(id);

        // A plan is kept of an input without any.
        var itsSecrets = kept is null ? await FindSecretsAsync(attempt, cancellationToken) : JobSecrets.None;
        var input = kept?.Prepare() ?? await PlanAsync(attempt, itsSecrets, cancellationToken);
        var key = input.Plan.PartialsKey;
        var restored = await store.RetryAsync(
            () => partials.RestoreAsync(attempt.Writer, isNew: kept is not null, from => FitsAsync(from, key, cancellationToken), CancellationToken.None),
            cancellationToken);
        var checkpoint = new JobCheckpoint(key, attempt.Writer, store, cancellationToken);
        if (restored.Inherited.Count > 0)
            await checkpoint.MarkAsync();
        cancellationToken.ThrowIfCancellationRequested();

        var before = attempt.Writer.Draft;
        return new PreparedAttempt(
            new AttemptInput(id, input, store, itsSecrets), restored, checkpoint,
            await HistoryAsync(attempt, input.Plan, cancellationToken), new ResumePoint(before.Stage, before.Fraction, before.Report))
        {
            TraceParent = AttemptTrace.IsHeard
                ? (await store.RetryAsync(() => attempt.Writer.ReadFirstAsync(CancellationToken.None), cancellationToken)).TraceParent
                : null,

            // The last thing that can fail: whoever gets this gives it back.
            Allowance = await store.RetryAsync(
                () => quotas.OfJobAsync(attempt.Job, before.Usage ?? JobUsage.None, cancellationToken).AsTask(), cancellationToken),
        };
    }

    /// <summary>Keeps what the stages of a job that has succeeded took.</summary>
    public void Learn(Attempt attempt, WorkloadPlan plan, IReadOnlyList<FinishedStage> stages)
    {
        if (!attempt.Descriptor.IsRemote)
            durations.Add(attempt.Descriptor.Kind, plan.Engine, plan.Stages, stages);
    }

    private async Task<IReadOnlyDictionary<string, string>> FindSecretsAsync(Attempt attempt, CancellationToken cancellationToken) =>
        attempt.Descriptor.SecretInputs.Count == 0
            ? JobSecrets.None
            : await store.RetryAsync(() => secrets.FindAsync(attempt.Job.Id, cancellationToken).AsTask(), cancellationToken);

    private async Task<PreparedInput> PlanAsync(
        Attempt attempt, IReadOnlyDictionary<string, string> itsSecrets, CancellationToken cancellationToken)
    {
        var stored = await store.ReadInputAsync(attempt.Job.Id, cancellationToken);
        var input = new WorkloadInput(JobSecrets.Merge(itsSecrets, stored));
        var plan = await attempt.Workload.PlanAsync(input, attempt.Job.Owner, cancellationToken).AsTask().WaitAsync(cancellationToken);
        return new PreparedInput(stored, input, plan);
    }

    /// <summary>Whether the pieces of a job were cut under the same key.</summary>
    private async Task<bool> FitsAsync(JobId id, string? key, CancellationToken cancellationToken) =>
        key is null || PartialsMark.Read(await store.ReadCheckpointAsync(id, cancellationToken)).IsOf(PartialsMark.Of(key));

    /// <summary>Remote work goes by stages of its own making, which say nothing about another's.</summary>
    private async ValueTask<DurationModel> HistoryAsync(Attempt attempt, WorkloadPlan plan, CancellationToken cancellationToken) =>
        attempt.Descriptor.IsRemote
            ? DurationModel.None
            : await durations.FindAsync(attempt.Descriptor.Kind, plan.Engine, cancellationToken);
}

/// <summary>What an attempt begins with.</summary>
/// <param name="Input">The input and its plan.</param>
/// <param name="Restored">The pieces it need not do.</param>
/// <param name="Checkpoint">Its checkpoint.</param>
/// <param name="History">How long such jobs took.</param>
/// <param name="Resumed">Where the attempts before it had got to.</param>
internal sealed record PreparedAttempt(
    AttemptInput Input, RestoredPartials Restored, JobCheckpoint Checkpoint, DurationModel History, ResumePoint Resumed)
{
    /// <summary>What it may use of models and audio; null for no bound. To be disposed of once the attempt is over.</summary>
    public UsageAllowance? Allowance { get; init; }

    /// <summary>The span that submitted the job; null where nobody listens to spans.</summary>
    public string? TraceParent { get; init; }
}
