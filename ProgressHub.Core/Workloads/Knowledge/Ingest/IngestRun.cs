using System.Globalization;
using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads.Inference;
using ProgressHub.Core.Workloads.Knowledge.Chunking;
using ProgressHub.Core.Workloads.Knowledge.Collections;
using ProgressHub.Core.Workloads.Knowledge.Documents;
using ProgressHub.Core.Workloads.Knowledge.Embedding;

namespace ProgressHub.Core.Workloads.Knowledge.Ingest;

/// <summary>
/// One attempt to take documents in. What is on disk is known by its content: an attempt after a crash, or another job
/// with the same documents, passes it over.
/// </summary>
internal sealed class IngestRun(
    WorkloadContext context, IngestInput input, CollectionRow collection, KnowledgeDatabase database, OpenCollections open,
    IEmbedder embedder, TransientRetry retry, KnowledgeOptions options)
{
    private readonly List<ReadItem> _items = [];
    private readonly SortedDictionary<int, IngestedDocument> _done = [];
    private int _embedded;
    private int _toEmbed;

    public async Task<IngestResult> RunAsync()
    {
        await context.BeginStageAsync("reading").ConfigureAwait(false);
        await ReadAsync().ConfigureAwait(false);

        await context.BeginStageAsync("chunking").ConfigureAwait(false);
        await RestoreAsync().ConfigureAwait(false);
        var work = await CutAsync().ConfigureAwait(false);

        await context.BeginStageAsync("embedding").ConfigureAwait(false);
        _toEmbed = work.Sum(w => w.Document.Passages.Count);
        context.SetInputSize(Math.Max(1, _toEmbed));
        Report();
        foreach (var batch in Batches(work))
            await TakeInAsync(batch).ConfigureAwait(false);

        await context.BeginStageAsync("indexing").ConfigureAwait(false);
        var opened = await open.OpenAsync(collection, context.CancellationToken).ConfigureAwait(false);
        var result = IngestResult.Of(collection.Id, _done.Values);
        await context.LogAsync(
            result.Failed == 0 ? JobLogLevel.Success : JobLogLevel.Warning,
            Invariant($"{result.Indexed} new, {result.Replaced} replaced, {result.Unchanged} unchanged, {result.Failed} failed; {opened.Words.Count:N0} passages can be found")).ConfigureAwait(false);
        return result;
    }

    /// <summary>What a piece of an ingest job tells; null where it is none.</summary>
    public static IngestedDocument? Read(PartialResult partial)
    {
        try
        {
            return partial.Data?.Deserialize(KnowledgeJson.Default.IngestedDocument);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task ReadAsync()
    {
        long characters = 0;
        foreach (var (index, id) in input.Files.Index())
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var file = await context.ReceiveFileAsync(id).ConfigureAwait(false);
            var items = await DocumentReader.ReadFileAsync(file.Name, file.Path, context.CancellationToken).ConfigureAwait(false);
            _items.AddRange(items);
            Require(characters += items.Sum(i => (long)(i.Document?.Length ?? 0)));
            context.Progress.Report(new ProgressUpdate(index + 1, input.Files.Count, $"Read {file.Name}", "files"));
        }

        _items.AddRange(input.Documents);
        Require(characters + input.Documents.Sum(i => (long)(i.Document?.Length ?? 0)));
        await context.LogAsync(
            JobLogLevel.Info, Invariant($"{_items.Count:N0} documents; vectors: {embedder.Id}")).ConfigureAwait(false);
    }

    private void Require(long characters)
    {
        if (_items.Count > options.MaxDocuments)
            throw new WorkloadException("too_many_documents", Invariant($"There are more than {options.MaxDocuments:N0} documents. Take them in in several jobs."));
        if (characters > options.MaxCharacters)
            throw new WorkloadException("too_much_text", Invariant($"There are more than {options.MaxCharacters:N0} characters. Take them in in several jobs."));
    }

    private async Task RestoreAsync()
    {
        foreach (var (index, partial) in context.RestoredPartials)
        {
            // The same input gives the same documents in the same order; anything else is done again.
            if (index < _items.Count && Read(partial) is { } done && done.Id == _items[index].Name)
                _done[index] = done;
        }

        if (_done.Count > 0)
            await context.LogAsync(JobLogLevel.Info, Invariant($"{_done.Count:N0} documents were done before")).ConfigureAwait(false);
    }

    private async Task<List<Work>> CutAsync()
    {
        var hashes = await database.ReadHashesAsync(collection.Id, context.CancellationToken).ConfigureAwait(false);
        var counts = await database.CountAsync(collection.Id, context.CancellationToken).ConfigureAwait(false);
        var passages = counts.Passages;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        List<Work> work = [];
        foreach (var (index, item) in _items.Index())
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (item.Document is { } document && seen.Add(document.Id))
            {
                if (_done.ContainsKey(index))
                    continue;
                var hash = $"{Chunker.Version}/{embedder.Id}/{document.ContentHash()}";
                if (hashes.TryGetValue(document.Id, out var before) && before == hash)
                    await DoneAsync(index, new IngestedDocument(item.Name, IngestedDocument.Unchanged, document.Title)).ConfigureAwait(false);
                else
                    work.Add(new Work(index, Cut(document, hash), before is not null));
            }
            else if (!_done.ContainsKey(index))
            {
                await FailedAsync(index, item.Fault ?? new WorkloadException(
                    "duplicate_id", "Another document of this job has the same id; the first one counts.")).ConfigureAwait(false);
            }

            context.Progress.Report(new ProgressUpdate(index + 1, _items.Count, null, "documents"));
        }

        if (passages + work.Sum(w => w.Document.Passages.Count) > options.MaxPassages)
            throw new WorkloadException("collection_full", Invariant($"The collection would have more than {options.MaxPassages:N0} passages. Use several collections."));
        return work;
    }

    private static DocumentWrite Cut(SourceDocument document, string hash) => new(
        document.Id, document.Title, document.Attributes, hash,
        [.. Chunker.Cut(document).Select((chunk, i) => new Passage(
            0, document.Id, document.Title, chunk.Heading, chunk.Text, i, document.Attributes))]);

    private IEnumerable<List<Work>> Batches(List<Work> work)
    {
        List<Work> batch = [];
        var passages = 0;
        foreach (var document in work)
        {
            batch.Add(document);
            if ((passages += document.Document.Passages.Count) < embedder.BatchSize)
                continue;
            yield return batch;
            (batch, passages) = ([], 0);
        }

        if (batch.Count > 0)
            yield return batch;
    }

    private async Task TakeInAsync(List<Work> batch)
    {
        List<float[]> vectors = [];
        try
        {
            foreach (var texts in batch.SelectMany(w => w.Document.Passages).Select(p => p.Searchable).Chunk(embedder.BatchSize))
            {
                vectors.AddRange(await retry.RunAsync(
                    token => embedder.EmbedAsync(texts, context.Secret(InputReading.ApiKeyProperty), token), WaitingAsync,
                    context.CancellationToken).ConfigureAwait(false));
            }
        }
        catch (WorkloadException fault) when (fault.Code == "engine_rejected_request")
        {
            // One document that the engine does not take must not keep the others out.
            if (batch is [var alone])
                await FailedAsync(alone.Index, fault).ConfigureAwait(false);
            else
                await EachAsync(batch).ConfigureAwait(false);
            return;
        }

        await open.ReplaceAsync(collection, [.. batch.Select(w => w.Document)], vectors, context.CancellationToken).ConfigureAwait(false);
        foreach (var (index, document, replaces) in batch)
        {
            await DoneAsync(index, new IngestedDocument(
                document.Id, replaces ? IngestedDocument.Replaced : IngestedDocument.Indexed, document.Title, document.Passages.Count)).ConfigureAwait(false);
        }

        _embedded += vectors.Count;
        Report();
    }

    private async Task EachAsync(List<Work> batch)
    {
        foreach (var work in batch)
            await TakeInAsync([work]).ConfigureAwait(false);
    }

    private void Report() => context.Progress.Report(
        new ProgressUpdate(_embedded, _toEmbed, Invariant($"{_embedded:N0} of {_toEmbed:N0} passages"), "passages"));

    private ValueTask DoneAsync(int index, IngestedDocument document)
    {
        _done[index] = document;
        return context.PartialAsync(new PartialResult(index, _items.Count) { Data = Json(document) });
    }

    private async ValueTask FailedAsync(int index, WorkloadException fault)
    {
        var document = new IngestedDocument(
            _items[index].Name, IngestedDocument.Failed, _items[index].Document?.Title, Code: fault.Code, Message: fault.Message);
        _done[index] = document;
        await context.PartialAsync(new PartialResult(index, _items.Count) { Data = Json(document), Error = fault.Message }).ConfigureAwait(false);
        await context.LogAsync(JobLogLevel.Error, $"{document.Id}: {fault.Message}", index + 1, _items.Count).ConfigureAwait(false);
    }

    private async ValueTask WaitingAsync(WorkloadException fault, TimeSpan delay) => await context.LogAsync(
        JobLogLevel.Warning, Invariant($"Waits {delay.TotalSeconds:0.#} s and tries again: {fault.Message}")).ConfigureAwait(false);

    private static JsonElement Json(IngestedDocument document) =>
        JsonSerializer.SerializeToElement(document, KnowledgeJson.Default.IngestedDocument);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Work(int Index, DocumentWrite Document, bool Replaces);
}
