using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Quotas;
using ProgressHub.Core.Webhooks;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>Accepts jobs: checks a request, makes the job durable, shows its first event and tells the queue.</summary>
internal sealed class JobIntake(
    WorkloadCatalog workloads, JobAdmission admission, JobLogs logs, WebhookIntake webhooks, JobLedger ledger, TimeProvider time)
{
    /// <inheritdoc cref="JobService.SubmitAsync"/>
    public async Task<Submission> SubmitAsync(JobRequest request, CancellationToken cancellationToken)
    {
        if (request.Id is not { } id)
            return await AcceptAsync(request, cancellationToken);
        using var reservation = await admission.ReserveAsync(id, cancellationToken);
        return await AcceptAsync(request, cancellationToken);
    }

    private async Task<Submission> AcceptAsync(JobRequest request, CancellationToken cancellationToken)
    {
        var workload = workloads.Get(request.Kind);
        if (request.Input.ValueKind == JsonValueKind.Undefined)
            throw new WorkloadException("invalid_input", "'input' is missing: what the job is about.") { Property = "input" };
        var tags = JobLabels.Tags(request.Tags);
        await admission.RequireAsync(request, cancellationToken);
        var files = FileInputs.Of(workload.Descriptor, request.Input);
        var read = new WorkloadInput(request.Input);
        var plan = await workload.PlanAsync(read, request.Owner, cancellationToken);
        var (input, kept) = JobSecrets.Split(request.Input, workload.Descriptor.SecretInputs, workloads.SecretNames);

        var id = request.Id ?? JobId.New();
        var webhook = webhooks.Accept(request.Webhook, id);

        var now = time.GetUtcNow();
        var job = new Job
        {
            Id = id,
            Kind = request.Kind,
            Title = JobLabels.Title(request.Title, plan.SuggestedTitle),
            Tags = [.. tags.Union(plan.Tags, StringComparer.Ordinal)],
            Owner = request.Owner,
            CreatedAt = now,
            RetryOf = request.RetryOf,
            ReusePartials = request.ReusePartials,
        };
        var (frame, snapshot) = FirstEvent(job, now);
        var (quota, reached) = await admission.QuotaAsync(request.Owner, plan, cancellationToken);
        await ledger.AnnounceAsync(id, kept, new KeptPlan(input, read.Value, plan), cancellationToken);
        var outcome = await CreateAsync(
            new NewJob(job, input, frame, snapshot, Idempotency(request, workload.Descriptor, input))
            {
                Files = files, Webhook = webhook?.Stored, Quota = quota, Reached = reached,
            },
            cancellationToken);
        if (outcome.MissingFile is { } file)
            throw FileInputs.Unknown(workload.Descriptor, file);
        if (outcome.Reached is { } bound)
            throw QuotaRefusal.Of(bound, now);
        if (!outcome.Created)
            return await ExistingAsync(outcome, webhook, cancellationToken);

        ledger.Accepted(job);
        if (webhook is not null)
            webhooks.Begin(id);
        return new Submission(snapshot, Created: true) { Webhook = webhook?.Receipt };
    }

    private IdempotencyKey? Idempotency(JobRequest request, WorkloadDescriptor workload, byte[] input)
    {
        if (request.IdempotencyKey is not { } key)
            return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (string?[])[request.Kind, request.Title, .. request.Tags])
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part ?? ""));
            hash.AppendData([0]);
        }

        hash.AppendData(request.IdempotencyInput is { } other ? JobSecrets.Split(other, workload.SecretInputs, workloads.SecretNames).Stored : input);
        if (request.Webhook is { } webhook)
        {
            foreach (var part in (string?[])["webhook", webhook.Url, webhook.Secret, .. webhook.Events ?? []])
            {
                hash.AppendData([0]);
                hash.AppendData(Encoding.UTF8.GetBytes(part ?? ""));
            }
        }

        return new IdempotencyKey(key, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    private async Task<CreateOutcome> CreateAsync(NewJob job, CancellationToken cancellationToken)
    {
        var created = false;
        try
        {
            var (outcome, feed) = await logs.CreateAsync(job, cancellationToken);
            created = outcome.Created;
            ledger.Created(job.Job.Id, feed);
            return outcome;
        }
        finally
        {
            if (!created)
                ledger.Forget(job.Job.Id);
        }
    }

    private (EventFrame Frame, JobSnapshot Snapshot) FirstEvent(Job job, DateTimeOffset now)
    {
        var queued = new QueuedEvent(
            job.Kind, job.Title, (int)ledger.Waiting, job.Tags.Count > 0 ? job.Tags : null, job.RetryOf)
        {
            JobId = job.Id, Seq = 1, At = now, TraceParent = AttemptTrace.Parent(Activity.Current),
        };
        var snapshot = JobSnapshot.Empty(job.Id, now).Apply(queued);
        return (EventFrame.Encode(queued, snapshot), snapshot);
    }

    private async Task<Submission> ExistingAsync(
        CreateOutcome outcome, AcceptedWebhook? webhook, CancellationToken cancellationToken)
    {
        if (outcome.IdTaken)
            throw JobAdmission.IdTaken();
        if (outcome.KeyConflict)
            throw new JobConflictException("idempotency_key_reused", "This Idempotency-Key came with another request before.");
        var stored = await logs.FindAsync(outcome.Existing!.Value, cancellationToken)
            ?? throw new JobConflictException("gone", "The job of this Idempotency-Key is gone.");

        // The secret was told when the job was made; where the server made it, this one is another.
        return new Submission(stored.Snapshot, Created: false)
        {
            Webhook = webhook is null ? null : webhook.Receipt with { Id = Webhook.IdOf(stored.Snapshot.JobId), Secret = null },
        };
    }
}
