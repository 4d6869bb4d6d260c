using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference.Usage;
using ProgressHub.Workloads.Translation.Segmentation;

namespace ProgressHub.Workloads.Translation;

/// <summary>One attempt at one translation.</summary>
internal sealed partial class TranslationRun(
    WorkloadContext context, TranslationPlan plan, BatchTranslator translator, TranslationOptions options, ILogger logger)
{
    private readonly string?[] _done = new string?[plan.Batches.Count];
    private readonly Lock _gate = new();
    private readonly FailureWatch _failures = new(options.GiveUpAfter);
    private Task? _noted;
    private byte[] _fingerprint = [];
    private int _finished;
    private int _failed;

    /// <summary>Takes over the pieces of earlier attempts where they were cut the same way.</summary>
    public async Task RestoreAsync(byte[] fingerprint)
    {
        var saved = await context.ReadCheckpointAsync();
        var total = plan.Batches.Count;
        var pieces = context.RestoredPartials
            .Where(p => p.Value is { Ok: true, Text: not null } && p.Key >= 0 && p.Key < total && p.Value.Total == total)
            .ToList();

        // Without a checkpoint the pieces come from the job this one takes up again; their number must do then.
        if (saved is { Length: > 0 } bytes && !bytes.Span.SequenceEqual(fingerprint))
            pieces.Clear();
        foreach (var (index, partial) in pieces)
            _done[index] = partial.Text;
        _finished = pieces.Count;

        if (pieces.Count > 0)
            await context.LogAsync(JobLogLevel.Info, Invariant($"Restored {pieces.Count} of {total} batches"));
        else if (context.RestoredPartials.Count > 0)
            await context.LogAsync(JobLogLevel.Warning, "The earlier batches don't fit this cut of the text; all are done again");
        _fingerprint = fingerprint;
        if (saved is { } known && known.Span.SequenceEqual(fingerprint))
            _noted = Task.CompletedTask;
    }

    /// <summary>Translates what is not done yet, several batches at once.</summary>
    /// <returns>How many failed for good.</returns>
    public async Task<int> TranslateAsync()
    {
        Report();
        var parallel = new ParallelOptions
        {
            MaxDegreeOfParallelism = options.MaxParallelBatches,
            CancellationToken = context.CancellationToken,
        };
        var open = plan.Batches.Where(batch => _done[batch.Index] is null).ToList();
        await Parallel.ForEachAsync(open, parallel, async (batch, token) => await DoAsync(batch, token));
        if (_failures.Count > 0 && Array.TrueForAll(_done, text => text is null))
            throw _failures.Last!;
        return _failures.Count;
    }

    /// <summary>The whole text; the source where a batch failed.</summary>
    public byte[] Assemble()
    {
        var text = new StringBuilder();
        foreach (var batch in plan.Batches)
            text.Append(_done[batch.Index] ?? batch.Source(plan.Input.Text));
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private async Task DoAsync(Batch batch, CancellationToken cancellationToken)
    {
        PartialResult partial;
        WorkloadException? givenUp = null;
        try
        {
            var text = await translator.TranslateAsync(batch, (fault, delay) => WaitingAsync(batch, fault, delay), cancellationToken);
            partial = new PartialResult(batch.Index, plan.Batches.Count) { Text = text };
            await NoteAsync();
            _done[batch.Index] = text;
            _failures.Succeeded();
        }
        catch (WorkloadException fault) when (fault.Code is not (JobMeter.Exceeded or JobMeter.Unpriced))
        {
            LogFailed(fault, batch.Index + 1, plan.Batches.Count, fault.Code, context.JobId);
            // The source stands in its place, so that the pieces put together are always a whole document.
            partial = new PartialResult(batch.Index, plan.Batches.Count)
            {
                Text = batch.Source(plan.Input.Text),
                Error = fault.Message,
            };
            givenUp = _failures.Failed(fault);
        }

        await context.PartialAsync(partial);
        if (!partial.Ok)
        {
            await context.LogAsync(
                JobLogLevel.Error, Invariant($"Batch {batch.Index + 1} failed: {partial.Error}"), batch.Index + 1, plan.Batches.Count);
        }

        lock (_gate)
        {
            _ = partial.Ok ? _finished++ : _failed++;
            Report();
        }

        if (givenUp is not null)
            throw givenUp;
    }

    /// <summary>
    /// Notes how this attempt is cut, before its first piece goes out and not earlier: an attempt that noted something
    /// counts as one that got somewhere, and a job that gets nowhere is not to be tried for ever.
    /// </summary>
    private Task NoteAsync()
    {
        lock (_gate)
            return _noted ??= context.SaveCheckpointAsync(_fingerprint).AsTask();
    }

    private async ValueTask WaitingAsync(Batch batch, WorkloadException fault, TimeSpan delay) => await context.LogAsync(
        JobLogLevel.Warning,
        Invariant($"Batch {batch.Index + 1} waits {delay.TotalSeconds:0.#} s and tries again: {fault.Message}"),
        batch.Index + 1,
        plan.Batches.Count);

    private void Report() => context.Progress.Report(new ProgressUpdate(
        _finished,
        plan.Batches.Count,
        Invariant($"Completed batch {_finished + _failed}/{plan.Batches.Count}"),
        "batches") { Failed = _failed });

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    [LoggerMessage(LogLevel.Warning, "Batch {Batch} of {Total} of job {JobId} failed with {Code}.")]
    private partial void LogFailed(Exception exception, int batch, int total, string code, JobId jobId);
}
