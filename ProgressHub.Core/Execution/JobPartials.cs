using System.Runtime.CompilerServices;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Core.Execution;

/// <summary>The pieces of results that the log holds.</summary>
internal sealed class JobPartials(IEventLog log)
{
    private const int PageSize = 500;

    /// <summary>All pieces of a job, the latest of each index, in order.</summary>
    public async IAsyncEnumerable<PartialEvent> ReadAsync(
        JobId id, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var after = -1; ;)
        {
            var page = await log.ReadPartialsAsync(id, after, PageSize, cancellationToken);
            foreach (var frame in page)
                yield return (PartialEvent)frame.Decode();
            if (page.Count < PageSize)
                yield break;
            after = page[^1].Item!.Value;
        }
    }

    /// <summary>All pieces as results, by index.</summary>
    public async Task<Dictionary<int, PartialResult>> ReadResultsAsync(JobId id, CancellationToken cancellationToken)
    {
        var results = new Dictionary<int, PartialResult>();
        await foreach (var piece in ReadAsync(id, cancellationToken))
            results[piece.Index] = ToResult(piece);
        return results;
    }

    /// <summary>
    /// The pieces an attempt need not do: those earlier attempts of the job finished, and for a retry of failed pieces
    /// alone also those of the job it takes up. Those of another cut of the work are left where they are.
    /// </summary>
    /// <param name="writer">The job's log.</param>
    /// <param name="isNew">Whether no attempt of it has begun before, so that it has no pieces of its own.</param>
    /// <param name="fits">Whether the pieces of a job were cut as the attempt cuts them.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<RestoredPartials> RestoreAsync(
        EventWriter writer, bool isNew, Func<JobId, Task<bool>> fits, CancellationToken cancellationToken)
    {
        var results = new Dictionary<int, PartialResult>();
        var inherited = new List<PartialEvent>();
        if (!isNew)
        {
            bool? own = null;
            await foreach (var piece in ReadAsync(writer.Job.Id, cancellationToken))
            {
                writer.Recall(piece);
                if (piece.Ok && (own ??= await fits(writer.Job.Id)))
                    results[piece.Index] = ToResult(piece);
            }
        }

        if (writer.Job is { ReusePartials: true, RetryOf: { } earlier } && await fits(earlier))
        {
            await foreach (var piece in ReadAsync(earlier, cancellationToken))
            {
                if (piece.Ok && results.TryAdd(piece.Index, ToResult(piece)))
                    inherited.Add(piece);
            }
        }

        return new RestoredPartials(results, inherited);
    }

    /// <summary>Puts inherited pieces into the job's own log, so that its watchers see them too.</summary>
    public static async Task ReplayAsync(EventWriter writer, RestoredPartials restored)
    {
        foreach (var piece in restored.Inherited)
        {
            writer.Append(piece);
            await writer.WaitForRoomAsync();
        }
    }

    private static PartialResult ToResult(PartialEvent piece) => new(piece.Index, piece.Total)
    {
        Text = piece.Text,
        Data = piece.Data,
        Error = piece.Ok ? null : piece.Error ?? "",
    };
}

/// <summary>What an attempt takes over.</summary>
/// <param name="Results">The finished pieces, by index.</param>
/// <param name="Inherited">Those of them that are not in the job's own log yet.</param>
internal sealed record RestoredPartials(
    IReadOnlyDictionary<int, PartialResult> Results, IReadOnlyList<PartialEvent> Inherited);
