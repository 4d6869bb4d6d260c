using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>The watching of a job by somebody who may, with their place among the watchers; ends with both.</summary>
/// <param name="Watch">The watching.</param>
/// <param name="Lease">The place.</param>
internal sealed record AdmittedWatch(JobWatch Watch, WatcherLease Lease) : IDisposable
{
    /// <inheritdoc/>
    public void Dispose()
    {
        Watch.Dispose();
        Lease.Dispose();
    }
}
