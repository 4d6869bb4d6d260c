namespace ProgressHub.Core.Jobs;

/// <summary>Of a server that is the only one, or of a sweep that each node makes for itself: every turn is its own.</summary>
internal sealed class EveryTurn : ISweepTurns, IAsyncDisposable
{
    /// <inheritdoc/>
    public ValueTask<IAsyncDisposable?> TakeAsync(string sweep, TimeSpan interval, CancellationToken cancellationToken) => new(this);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
