using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Execution;

/// <summary>Of a server that is the only one.</summary>
internal sealed class NoRemoteAttempts : IRemoteAttempts
{
    /// <inheritdoc/>
    public Task<bool> CancelAsync(string node, JobId id, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <inheritdoc/>
    public Task<bool> TagAsync(string node, JobId id, TagChange change, CancellationToken cancellationToken) => Task.FromResult(false);

    /// <inheritdoc/>
    public Task<bool> AnswerAsync(string node, JobId id, string requestId, string answer) => Task.FromResult(false);

    /// <inheritdoc/>
    public Task<byte[]?> ReportAsync(string node, JobId id, byte[] report, CancellationToken cancellationToken) => Task.FromResult<byte[]?>(null);
}
