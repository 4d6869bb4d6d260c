using System.Text.Json;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>
/// The inputs and plans of jobs that were accepted and have not begun, so that the first attempt need not read, check and
/// plan again, nor look the job's state up. It is bounded: the oldest go first, and their jobs are planned anew. An input
/// that came with a secret is never kept here; secrets have a place of their own.
/// </summary>
internal sealed class KeptPlans
{
    /// <summary>How many are kept at most.</summary>
    public const int MaxPlans = 1024;

    /// <summary>How large their inputs may be together, in bytes of JSON.</summary>
    public const int MaxBytes = 16 * 1024 * 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<JobId, LinkedListNode<Entry>> _byId = [];
    private readonly LinkedList<Entry> _oldestFirst = [];
    private long _bytes;

    public void Keep(JobId id, KeptPlan plan)
    {
        lock (_gate)
        {
            _byId[id] = _oldestFirst.AddLast(new Entry(id, plan));
            _bytes += plan.Stored.Length;
            while (_byId.Count > MaxPlans || _bytes > MaxBytes)
                Remove(_oldestFirst.First!);
        }
    }

    /// <summary>Keeps a job's feed as long as its plan, where that is still here.</summary>
    public void Keep(JobId id, FeedLease feed)
    {
        lock (_gate)
        {
            if (_byId.TryGetValue(id, out var node))
                node.Value.Feed = feed;
            else
                feed.Dispose();
        }
    }

    /// <summary>
    /// Gives the plan of a job away, to somebody who has its log or needs none; null where none is kept. Its feed is given up.
    /// </summary>
    public KeptPlan? Take(JobId id)
    {
        lock (_gate)
        {
            if (!_byId.TryGetValue(id, out var node))
                return null;
            Remove(node);
            return node.Value.Plan;
        }
    }

    private void Remove(LinkedListNode<Entry> node)
    {
        node.Value.Feed?.Dispose();
        _oldestFirst.Remove(node);
        _byId.Remove(node.Value.Id);
        _bytes -= node.Value.Plan.Stored.Length;
    }

    private sealed class Entry(JobId id, KeptPlan plan)
    {
        public JobId Id => id;

        public KeptPlan Plan => plan;

        public FeedLease? Feed { get; set; }
    }
}

/// <summary>What was made of an input when its job was accepted.</summary>
/// <param name="Stored">The input as it is stored.</param>
/// <param name="Value">What it was read as; null where its workload takes JSON.</param>
/// <param name="Plan">How the job is to be done.</param>
internal sealed record KeptPlan(byte[] Stored, object? Value, WorkloadPlan Plan)
{
    /// <summary>The same for an attempt.</summary>
    public PreparedInput Prepare()
    {
        var json = JsonElement.Parse(Stored);
        return new PreparedInput(json, new WorkloadInput(json, Value), Plan);
    }
}

/// <summary>The input of an attempt.</summary>
/// <param name="Stored">As it is stored: without its secrets.</param>
/// <param name="Input">As its workload reads it.</param>
/// <param name="Plan">How it is done.</param>
internal sealed record PreparedInput(JsonElement Stored, WorkloadInput Input, WorkloadPlan Plan);
