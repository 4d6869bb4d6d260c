using System.Globalization;
using System.Text.Json;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Knowledge.Chunking;
using ProgressHub.Workloads.Knowledge.Collections;
using ProgressHub.Workloads.Knowledge.Documents;
using ProgressHub.Workloads.Knowledge.Embedding;

namespace ProgressHub.Workloads.Knowledge.Ingest;

/// <summary>
/// One attempt to take documents in. What is on disk is known by its content: an attempt after a crash, or another job
/// with the same documents, passes it over.
/// </summary>
internal sealed class IngestRun(
    WorkloadContext context, IngestInput input, CollectionWriter collection, IEmbedder embedder, TransientRetry retry,
    KnowledgeOptions options)
{
    private readonly List<ReadItem> _items = [];
    private readonly SortedDictionary<int, IngestedDocument> _done = [];
    private readonly IngestForecast _forecast = new(context, input.Files.Count, embedder.Id);
    private readonly IndexSample _sample = new(context.Time);
    private int _embedded;
    private int _written;
    private int _failed;
    private double _ofBatch;
    private long _before;
    private int _toEmbed;

    public async Task<IngestResult> RunAsync(DocumentFiles files)
    {
        await context.BeginStageAsync("reading");
        await ReadAsync(files);

        await context.BeginStageAsync("chunking");
        await RestoreAsync();
        var work = await CutAsync();

        await context.BeginStageAsync("embedding");
        _toEmbed = work.Sum(w => w.Document.Passages.Count);
        context.SetInputSize(Math.Max(1, _toEmbed));
        _forecast.Count(_toEmbed, collection.IsOpen ? null : _before + _toEmbed);
        Report();
        foreach (var batch in Batches(work))
            await TakeInAsync(batch);

        await context.BeginStageAsync("indexing");
        var all = Math.Max(1, _before + _written);
        context.Progress.Report(new ProgressUpdate(0, all, null, "passages"));
        var opened = await collection.OpenAsync(
            read => context.Progress.Report(new ProgressUpdate(Math.Min(read, all), all, Invariant($"{read:N0} passages can be found"), "passages")),
            context.CancellationToken);
        var result = IngestResult.Of(collection.Id, _done.Values);
        await context.LogAsync(
            result.Failed == 0 ? JobLogLevel.Success : JobLogLevel.Warning,
            Invariant($"{result.Indexed} new, {result.Replaced} replaced, {result.Unchanged} unchanged, {result.Failed} failed; {opened.Words.Count:N0} passages can be found"));
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

    private async Task ReadAsync(DocumentFiles files)
    {
        long characters = 0;
        _forecast.Add(input.Documents.Sum(i => (long)(i.Document?.Length ?? 0)));
        context.Progress.Report(new ProgressUpdate(0, input.Files.Count, null, "files") { Fraction = 0 });
        foreach (var (index, id) in input.Files.Index())
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            var file = await context.ReceiveFileAsync(id);
            _forecast.Add(file.Name, file.Length);
            var (items, notes) = await ReadOneAsync(files, file, index);
            _items.AddRange(items.Select(item => item with { Encoding = notes.Encoding }));
            await TellAsync(file.Name, notes);
            Require(characters += items.Sum(i => (long)(i.Document?.Length ?? 0)));
            context.Progress.Report(new ProgressUpdate(index + 1, input.Files.Count, $"Read {file.Name}", "files"));
        }

        _items.AddRange(input.Documents);
        Require(characters + input.Documents.Sum(i => (long)(i.Document?.Length ?? 0)));
        await context.LogAsync(
            JobLogLevel.Info, Invariant($"{_items.Count:N0} documents; vectors: {embedder.Id}"));
    }

    /// <summary>Within a file what is read is told by its bytes, its pages or its rows.</summary>
    private Task<(IReadOnlyList<ReadItem> Items, ReadNotes Notes)> ReadOneAsync(DocumentFiles files, UploadedFile file, int index) => files.ReadAsync(
        file.Name, file.Path,
        share => context.Progress.Report(new ProgressUpdate(index, input.Files.Count, $"Reading {file.Name}", "files") { Fraction = (index + share) / input.Files.Count }),
        context.CancellationToken);

    private async Task TellAsync(string name, ReadNotes notes)
    {
        if (notes.Encoding is { } encoding)
            await context.LogAsync(JobLogLevel.Info, $"{name} is not UTF-8; it was read as {encoding}");
        if (notes.Warning is { } warning)
            await context.LogAsync(JobLogLevel.Warning, $"{name}: {warning}");
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
            await context.LogAsync(JobLogLevel.Info, Invariant($"{_done.Count:N0} documents were done before"));
    }

    private async Task<List<Work>> CutAsync()
    {
        var kept = await collection.ReadKeptAsync(context.CancellationToken);
        _before = await collection.CountPassagesAsync(context.CancellationToken);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var all = Math.Max(1, _items.Sum(i => (long)(i.Document?.Length ?? 0)));
        long cut = 0;
        List<Work> work = [];
        foreach (var (index, item) in _items.Index())
        {
            context.CancellationToken.ThrowIfCancellationRequested();
            if (item.Document is { } document && seen.Add(document.Id))
            {
                if (_done.ContainsKey(index))
                    continue;
                var hash = $"{Chunker.Version}/{embedder.Id}/{document.ContentHash()}";
                var before = kept.GetValueOrDefault(document.Id);
                if (before?.Hash == hash)
                    await DoneAsync(index, new IngestedDocument(item.Name, IngestedDocument.Unchanged, document.Title));
                else
                    work.Add(new Work(index, Cut(document, hash, some => ReportCut(index, cut + some)), before));
            }
            else if (!_done.ContainsKey(index))
            {
                await FailedAsync(index, item.Fault ?? new WorkloadException(
                    "duplicate_id", "Another document of this job has the same id; the first one counts."));
            }

            cut += item.Document?.Length ?? 0;
            ReportCut(index + 1, cut);
        }

        if (_before + work.Sum(w => w.Document.Passages.Count) > options.MaxPassages)
            throw new WorkloadException("collection_full", Invariant($"The collection would have more than {options.MaxPassages:N0} passages. Use several collections."));
        await RequireRoomAsync(work);
        return work;

        void ReportCut(int documents, long characters) => context.Progress.Report(
            new ProgressUpdate(documents, _items.Count, null, "documents") { Fraction = Math.Min(1, (double)characters / all) });
    }

    // What is replaced makes room for what replaces it.
    private ValueTask RequireRoomAsync(List<Work> work) => collection.RequireRoomAsync(
        work.Sum(w => w.Document.Bytes - (w.Replaces?.Bytes ?? 0)),
        work.Sum(w => w.Document.Passages.Count - (w.Replaces?.Passages ?? 0)),
        context.CancellationToken);

    private static DocumentWrite Cut(SourceDocument document, string hash, Action<long> progress) => new(
        document.Id, document.Title, document.Attributes, hash,
        [.. Chunker.Cut(document, progress).Select((chunk, i) => new Passage(
            0, document.Id, document.Title, chunk.Heading, chunk.Text, i, document.Attributes) { Page = chunk.Page, Line = chunk.Line })]);

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
                var begun = context.Time.GetTimestamp();
                vectors.AddRange(await retry.RunAsync(
                    token => embedder.EmbedAsync(texts, input.ApiKey, token), WaitingAsync,
                    context.CancellationToken));
                _embedded += texts.Length;
                _sample.Try(texts, context.Time.GetElapsedTime(begun));
                if (_sample.Ratio is { } ratio)
                    _forecast.Index(ratio, _sample.Tries);
                Report();
            }
        }
        catch (WorkloadException fault) when (fault.Code == "engine_rejected_request")
        {
            // One document that the engine does not take must not keep the others out.
            _embedded -= vectors.Count;
            if (batch is not [var alone])
            {
                await EachAsync(batch);
                return;
            }

            _failed += alone.Document.Passages.Count;
            Report();
            await FailedAsync(alone.Index, fault);
            return;
        }

        await RequireRoomAsync(batch);
        await collection.ReplaceAsync([.. batch.Select(w => w.Document)], vectors, share => ReportWritten(share * vectors.Count), context.CancellationToken);
        (_written, _ofBatch) = (_written + vectors.Count, 0);
        Report();
        foreach (var (index, document, replaces) in batch)
        {
            await DoneAsync(index, new IngestedDocument(
                document.Id, replaces is not null ? IngestedDocument.Replaced : IngestedDocument.Indexed, document.Title, document.Passages.Count)
            {
                Encoding = _items[index].Encoding,
            });
        }
    }

    private async Task EachAsync(List<Work> batch)
    {
        foreach (var work in batch)
            await TakeInAsync([work]);
    }

    private void ReportWritten(double passages)
    {
        _ofBatch = passages;
        Report();
    }

    // A passage is done once it is written too; a long document is written when all of its vectors are made.
    private void Report() => context.Progress.Report(
        new ProgressUpdate(_embedded, _toEmbed, Invariant($"{_embedded:N0} of {_toEmbed:N0} passages"), "passages")
        {
            Fraction = _forecast.ShareOf(_embedded, _written + _ofBatch),
            Failed = _failed,
        });

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
        await context.PartialAsync(new PartialResult(index, _items.Count) { Data = Json(document), Error = fault.Message });
        await context.LogAsync(JobLogLevel.Error, $"{document.Id}: {fault.Message}", index + 1, _items.Count);
    }

    private async ValueTask WaitingAsync(WorkloadException fault, TimeSpan delay) => await context.LogAsync(
        JobLogLevel.Warning, Invariant($"Waits {delay.TotalSeconds:0.#} s and tries again: {fault.Message}"));

    private static JsonElement Json(IngestedDocument document) =>
        JsonSerializer.SerializeToElement(document, KnowledgeJson.Default.IngestedDocument);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private sealed record Work(int Index, DocumentWrite Document, KeptDocument? Replaces);
}
