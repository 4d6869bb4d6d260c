using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Webhooks;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>Accepts jobs: checks a request, makes the job durable, shows its first event and tells the queue.</summary>
internal sealed class JobIntake(
    IEventLog log, IJobStore store, EventFeeds feeds, OwnerFeeds owners, WorkloadCatalog workloads, JobQueue queue, JobSecrets secrets,
    JobMetrics metrics, WebhookIntake webhooks, WebhookFollowers followers, IOptions<ExecutionOptions> options,
    TimeProvider time)
{
    private readonly ConcurrentDictionary<JobId, byte> _chosen = new();

    /// <inheritdoc cref="JobService.SubmitAsync"/>
    public async Task<Submission> SubmitAsync(JobRequest request, CancellationToken cancellationToken)
    {
        if (request.Id is not { } id)
            return await AcceptAsync(request, cancellationToken);

        // An id that a job has already must never get as far as that job's feed or secrets.
        if (!_chosen.TryAdd(id, 0))
            throw IdTaken();
        try
        {
            if (await feeds.FindAsync(id, cancellationToken) is not null
                || await store.FindTombstoneAsync(id, cancellationToken) is not null)
                throw IdTaken();
            return await AcceptAsync(request, cancellationToken);
        }
        finally
        {
            _chosen.TryRemove(id, out _);
        }
    }

    /// <inheritdoc cref="JobService.AmendAsync"/>
    public async Task<bool> AmendAsync(JobSnapshot job, string owner, JsonElement input, CancellationToken cancellationToken)
    {
        var workload = workloads.Get(job.Kind);
        if (await store.ReadInputAsync(job.JobId, cancellationToken) is not { } bytes)
            return false;
        using var before = JsonDocument.Parse(bytes);
        if (!FileInputs.Of(workload.Descriptor, before.RootElement).SequenceEqual(FileInputs.Of(workload.Descriptor, input)))
            throw new JobConflictException("file_taken", "A job keeps the files it began with.");
        var merged = secrets.Merge(job.JobId, input);
        await workload.PlanAsync(merged, owner, cancellationToken);
        var (stored, _) = JobSecrets.Split(merged, workload.Descriptor.SecretInputs);
        return await store.AmendInputAsync(job.JobId, stored, cancellationToken);
    }

    private async Task<Submission> AcceptAsync(JobRequest request, CancellationToken cancellationToken)
    {
        var workload = workloads.Get(request.Kind);
        var tags = JobLabels.Tags(request.Tags);
        if (queue.Waiting >= options.Value.MaxQueuedJobs)
            throw new WorkloadException("queue_full", "Too many jobs wait already; try again later.") { IsTransient = true };
        await RequireRoomAsync(request.Owner, cancellationToken);
        await RequireOwnAsync(request.RetryOf, request.Owner, cancellationToken);
        var files = FileInputs.Of(workload.Descriptor, request.Input);
        var plan = await workload.PlanAsync(request.Input, request.Owner, cancellationToken);
        var (input, kept) = JobSecrets.Split(request.Input, workload.Descriptor.SecretInputs);

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
        secrets.Keep(job.Id, kept);
        var outcome = await CreateAsync(
            new NewJob(job, input, frame, snapshot, Idempotency(request, workload.Descriptor, input))
            {
                Files = files, Webhook = webhook?.Stored,
            },
            cancellationToken);
        if (outcome.MissingFile is { } file)
            throw FileInputs.Unknown(workload.Descriptor, file);
        if (!outcome.Created)
            return await ExistingAsync(outcome, webhook, cancellationToken);

        metrics.Submitted(job.Kind);
        queue.Added();
        if (webhook is not null)
            followers.Follow(job.Id);
        return new Submission(snapshot, Created: true) { Webhook = webhook?.Receipt };
    }

    private static JobConflictException IdTaken() =>
        new("job_id_taken", "There is, or was, a job of that id; choose 128 other random bits.");

    private static IdempotencyKey? Idempotency(JobRequest request, WorkloadDescriptor workload, byte[] input)
    {
        if (request.IdempotencyKey is not { } key)
            return null;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in (string?[])[request.Kind, request.Title, .. request.Tags])
        {
            hash.AppendData(Encoding.UTF8.GetBytes(part ?? ""));
            hash.AppendData([0]);
        }

        hash.AppendData(request.IdempotencyInput is { } other ? JobSecrets.Split(other, workload.SecretInputs).Stored : input);
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
        // Its log is held until its first event is shown: whoever runs it may be quicker than we hear that it is on disk.
        using var lease = feeds.Add(new StoredSnapshot(job.Job.Owner, job.Snapshot));
        await lease.Feed.WriterSlot.WaitAsync(CancellationToken.None);
        try
        {
            var outcome = await log.CreateAsync(job, cancellationToken);
            if (outcome.Created)
                owners.Publish(job.Job.Owner, [job.Queued]);
            else
                secrets.Forget(job.Job.Id);
            return outcome;
        }
        catch
        {
            secrets.Forget(job.Job.Id);
            throw;
        }
        finally
        {
            lease.Feed.WriterSlot.Release();
        }
    }

    private async Task RequireRoomAsync(string owner, CancellationToken cancellationToken)
    {
        // As long as fewer wait in all, nobody has as many, and the store need not be asked.
        var most = options.Value.MaxQueuedJobsPerOwner;
        if (queue.Waiting >= most && await store.CountQueuedAsync(owner, cancellationToken) >= most)
        {
            throw new WorkloadException(
                "queue_full", $"{most} of your jobs wait already, which is as many as may; try again once some have run.")
            {
                IsTransient = true,
            };
        }
    }

    private async Task RequireOwnAsync(JobId? retryOf, string owner, CancellationToken cancellationToken)
    {
        if (retryOf is not { } id)
            return;
        if (await feeds.FindAsync(id, cancellationToken) is not { } earlier || earlier.Owner != owner)
        {
            throw new WorkloadException("unknown_retry_of", "The job whose work is to be taken up again does not exist.")
            {
                Property = "retryOf",
            };
        }
    }

    private (EventFrame Frame, JobSnapshot Snapshot) FirstEvent(Job job, DateTimeOffset now)
    {
        var queued = new QueuedEvent(
            job.Kind, job.Title, (int)queue.Waiting, job.Tags.Count > 0 ? job.Tags : null, job.RetryOf)
        {
            JobId = job.Id, Seq = 1, At = now,
        };
        var snapshot = JobSnapshot.Empty(job.Id, now).Apply(queued);
        return (EventFrame.Encode(queued, snapshot), snapshot);
    }

    private async Task<Submission> ExistingAsync(
        CreateOutcome outcome, AcceptedWebhook? webhook, CancellationToken cancellationToken)
    {
        if (outcome.IdTaken)
            throw IdTaken();
        if (outcome.KeyConflict)
            throw new JobConflictException("idempotency_key_reused", "This Idempotency-Key came with another request before.");
        var stored = await feeds.FindAsync(outcome.Existing!.Value, cancellationToken)
            ?? throw new JobConflictException("gone", "The job of this Idempotency-Key is gone.");

        // The secret was told when the job was made; where the server made it, this one is another.
        return new Submission(stored.Snapshot, Created: false)
        {
            Webhook = webhook is null ? null : webhook.Receipt with { Id = Webhook.IdOf(stored.Snapshot.JobId), Secret = null },
        };
    }
}
