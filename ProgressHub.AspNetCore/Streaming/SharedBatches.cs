using System.Collections.Concurrent;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>The batches of each job that connections of the hub watch, shared by all that watch it.</summary>
internal sealed class SharedBatches
{
    private readonly ConcurrentDictionary<JobId, Entry> _entries = new();

    /// <summary>The batches of a job; <see cref="Return"/> must follow, once.</summary>
    public FrameBatches Take(JobId id)
    {
        while (true)
        {
            var entry = _entries.GetOrAdd(id, static _ => new Entry());
            lock (entry)
            {
                if (entry.Uses < 0)
                    continue;
                entry.Uses++;
                return entry.Batches;
            }
        }
    }

    /// <summary>One watch less uses them.</summary>
    public void Return(JobId id)
    {
        if (!_entries.TryGetValue(id, out var entry))
            return;
        lock (entry)
        {
            if (--entry.Uses > 0)
                return;
            entry.Uses = -1;
            _entries.TryRemove(id, out _);
        }
    }

    private sealed class Entry
    {
        public FrameBatches Batches { get; } = new();

        /// <summary>How many watches use them; negative once none does and they were dropped.</summary>
        public int Uses { get; set; }
    }
}
