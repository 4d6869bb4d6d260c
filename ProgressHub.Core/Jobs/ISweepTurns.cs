namespace ProgressHub.Core.Jobs;

/// <summary>Who of several nodes makes a sweep now.</summary>
internal interface ISweepTurns
{
    /// <summary>Takes the turn of a sweep, where nobody makes it and none was begun for about an interval.</summary>
    /// <param name="sweep">Its name, the same on all nodes.</param>
    /// <param name="interval">The time between two of them.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>To be disposed of once the sweep is over; null where it is not this node's turn.</returns>
    /// <exception cref="StorageUnavailableException">Nobody can say now.</exception>
    ValueTask<IAsyncDisposable?> TakeAsync(string sweep, TimeSpan interval, CancellationToken cancellationToken);
}
