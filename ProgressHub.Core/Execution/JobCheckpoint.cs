using System.Diagnostics.CodeAnalysis;
using ProgressHub.Core.Events;

namespace ProgressHub.Core.Execution;

/// <summary>
/// The checkpoint of one attempt: what the workload saves, and the mark of the key under which its work is cut into pieces.
/// Safe to use from any thread: one write at a time, so that neither takes the other back.
/// </summary>
/// <param name="key">The key of the plan; null where it has none.</param>
/// <param name="writer">The job's log.</param>
/// <param name="store">Where it is kept.</param>
/// <param name="cancellationToken">Ends a wait for the store.</param>
[SuppressMessage("Design", "CA1001", Justification = "The semaphore holds nothing: nobody asks for its wait handle.")]
internal sealed class JobCheckpoint(
    string? key, EventWriter writer, AttemptStore store, CancellationToken cancellationToken)
{
    private readonly SemaphoreSlim _turn = new(1);
    private readonly byte[]? _key = key is null ? null : PartialsMark.Of(key);
    private PartialsMark? _stored;
    private bool _marked = key is null;

    /// <summary>What the workload saved last; null where that was nothing, or for another cut of its work.</summary>
    public Task<ReadOnlyMemory<byte>?> ReadAsync() => InTurnAsync(async () =>
    {
        await KnowAsync();
        return Fits(_stored!) ? _stored!.Own : null;
    });

    /// <summary>Saves; returns once it is on disk.</summary>
    /// <returns>False where it was there already, or the job is another attempt's by now: nothing is gained.</returns>
    public Task<bool> SaveAsync(ReadOnlyMemory<byte> checkpoint) => InTurnAsync(async () =>
    {
        if (_stored is { Own: { } known } && Fits(_stored) && known.Span.SequenceEqual(checkpoint.Span))
            return false;

        // The caller may go on to use its memory, and what is known here must stay what is stored.
        return await WriteAsync(new PartialsMark(_key, checkpoint.ToArray()));
    });

    /// <summary>Notes the key, before the first piece that is made under it is told.</summary>
    public async ValueTask MarkAsync()
    {
        if (!Volatile.Read(ref _marked))
        {
            await InTurnAsync(async () =>
            {
                await KnowAsync();
                return _stored!.IsOf(_key!) || await WriteAsync(new PartialsMark(_key, null));
            });
            Volatile.Write(ref _marked, true);
        }
    }

    private bool Fits(PartialsMark stored) => _key is null || stored.IsOf(_key);

    private async Task KnowAsync() => _stored ??= PartialsMark.Read(
        await store.ReadCheckpointAsync(writer.Job.Id, cancellationToken));

    private async Task<bool> WriteAsync(PartialsMark mark)
    {
        // What the checkpoint says is done must be in the log before it.
        await writer.FlushAsync().WaitAsync(cancellationToken);
        if (!await store.SaveCheckpointAsync(writer.Job, mark.Write(), cancellationToken))
            return false;
        _stored = mark;
        return true;
    }

    private async Task<T> InTurnAsync<T>(Func<Task<T>> action)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            return await action();
        }
        finally
        {
            _turn.Release();
        }
    }
}
