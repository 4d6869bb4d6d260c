using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>Of a host that keeps no audit log.</summary>
internal sealed class NoJobAudit : IJobAudit
{
    public Task CancelsAsync(string by, JobId id) => Task.CompletedTask;

    public Task DeletesAsync(string by, JobId id) => Task.CompletedTask;

    public Task PausesQueueAsync(string by, string? kind) => Task.CompletedTask;

    public Task ResumesQueueAsync(string by, string? kind) => Task.CompletedTask;
}
