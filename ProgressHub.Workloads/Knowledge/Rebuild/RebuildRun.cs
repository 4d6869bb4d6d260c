using System.Globalization;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Knowledge.Collections;
using ProgressHub.Workloads.Knowledge.Embedding;

namespace ProgressHub.Workloads.Knowledge.Rebuild;

/// <summary>
/// One attempt to make a collection's vectors anew. The collection is searched by the old ones, and takes documents in,
/// until the new ones are whole; what an earlier attempt made is kept.
/// </summary>
internal sealed class RebuildRun(
    WorkloadContext context, RebuildInput input, CollectionRebuild rebuild, IEmbedder embedder, TransientRetry retry)
{
    private const int PassagesAtOnce = 500;

    // The last passages are embedded while nobody may write to the collection.
    private readonly int _few = 2 * embedder.BatchSize;
    private IReadOnlySet<long> _made = new HashSet<long>();
    private long _after;
    private long _done;
    private long _all;

    public async Task<long> RunAsync()
    {
        await context.BeginStageAsync("embedding");
        _made = await rebuild.ReadMadeAsync(context.CancellationToken);
        _all = await rebuild.CountAsync(context.CancellationToken);
        context.SetInputSize(Math.Max(1, _all));
        if (_made.Count > 0)
            await context.LogAsync(JobLogLevel.Info, Invariant($"{_made.Count:N0} passages were embedded before"));
        Report();
        await CatchUpAsync();

        await context.BeginStageAsync("switching");
        while (!await rebuild.FinishAsync(FinishAsync, context.CancellationToken))
            await CatchUpAsync();
        await context.LogAsync(
            JobLogLevel.Success, Invariant($"{_done:N0} passages are searched by {embedder.Id} from now on"));
        return _done;
    }

    private async Task CatchUpAsync()
    {
        while (await rebuild.ListPassagesAsync(_after, PassagesAtOnce, context.CancellationToken) is { Count: > 0 } page)
            await EmbedAsync(page, context.CancellationToken);
    }

    private async Task<bool> FinishAsync(CancellationToken cancellationToken)
    {
        var rest = await rebuild.ListPassagesAsync(_after, _few + 1, cancellationToken);
        if (rest.Count > _few)
            return false;
        await EmbedAsync(rest, cancellationToken);
        return true;
    }

    private async Task EmbedAsync(IReadOnlyList<Passage> page, CancellationToken cancellationToken)
    {
        foreach (var batch in page.Chunk(embedder.BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Passage[] missing = [.. batch.Where(passage => !_made.Contains(passage.Id))];
            if (missing.Length > 0)
            {
                var vectors = await retry.RunAsync(
                    token => embedder.EmbedAsync([.. missing.Select(passage => passage.Searchable)], input.ApiKey, token), WaitingAsync,
                    cancellationToken);
                await rebuild.KeepAsync(missing, vectors, cancellationToken);
            }

            _after = batch[^1].Id;
            _done += batch.Length;
            Report();
        }
    }

    private void Report()
    {
        _all = Math.Max(_all, _done);
        context.Progress.Report(new ProgressUpdate(_done, _all, Invariant($"{_done:N0} of {_all:N0} passages"), "passages"));
    }

    private async ValueTask WaitingAsync(WorkloadException fault, TimeSpan delay) => await context.LogAsync(
        JobLogLevel.Warning, Invariant($"Waits {delay.TotalSeconds:0.#} s and tries again: {fault.Message}"));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
