using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Events;

/// <summary>Events that were there are gone: the job was purged while it was being read.</summary>
public sealed class EventsGoneException(JobId id, long cursor)
    : Exception($"Job {id} has no events after {cursor} any more.");
