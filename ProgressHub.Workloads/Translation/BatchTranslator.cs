using System.Text;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Translation.Engines;
using ProgressHub.Workloads.Translation.Protection;
using ProgressHub.Workloads.Translation.Segmentation;

namespace ProgressHub.Workloads.Translation;

/// <summary>
/// Translates one batch. What is right of an answer is kept; segments whose answers break something are asked for once more
/// with a complaint, then each on its own; only then does the batch fail.
/// </summary>
internal sealed class BatchTranslator(ITranslator engine, TransientRetry retry, TranslationOrder order, TranslationInput input)
{
    private readonly FormatGuard _guard = FormatGuards.For(input.Format);

    /// <summary>The batch's text in the other language, with all that is verbatim in its place.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="retrying">Hears of a transient failure that is waited out.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="WorkloadException">It can't be translated.</exception>
    public async Task<string> TranslateAsync(
        Batch batch, Func<WorkloadException, TimeSpan, ValueTask> retrying, CancellationToken cancellationToken)
    {
        var segments = batch.Pieces.Where(p => p.Translate).Select(p => new Segment(MaskedSegment.Of(input.Text, p))).ToList();
        if (segments.Count > 0)
            await TranslateAsync(segments, retrying, cancellationToken);

        var text = new StringBuilder();
        var next = 0;
        foreach (var piece in batch.Pieces)
        {
            if (piece.Translate)
                text.Append(segments[next++].Translation);
            else
                text.Append(piece.Span.Of(input.Text));
        }

        return text.ToString();
    }

    private async Task TranslateAsync(
        List<Segment> segments, Func<WorkloadException, TimeSpan, ValueTask> retrying, CancellationToken cancellationToken)
    {
        var complaint = await AskAsync(segments, null, retrying, cancellationToken);
        if (complaint is not null && engine.TakesComplaints)
            complaint = await AskAsync([.. segments.Where(s => s.Translation is null)], complaint, retrying, cancellationToken);
        if (complaint is null)
            return;

        foreach (var segment in segments.Where(s => s.Translation is null))
        {
            if (await AskAsync([segment], complaint, retrying, cancellationToken) is { } still)
                throw new WorkloadException("broken_answer", $"The engine's answer can't be used: {still}.");
        }
    }

    /// <summary>Asks once; returns what was wrong with the answer, or null. What is right of it is kept.</summary>
    private async Task<string?> AskAsync(
        List<Segment> segments,
        string? complaint,
        Func<WorkloadException, TimeSpan, ValueTask> retrying,
        CancellationToken cancellationToken)
    {
        IReadOnlyList<string?> answers;
        try
        {
            answers = await retry.RunAsync(
                token => engine.TranslateAsync([.. segments.Select(s => s.Masked.Text)], order, complaint, token),
                retrying,
                cancellationToken);
        }
        catch (WorkloadException fault) when (fault.Code == "engine_answer_too_long")
        {
            // Less at a time may fit.
            return "it was cut at its length limit";
        }

        if (answers.Count != segments.Count)
            return $"{segments.Count} segments were sent and other ones came back";

        string? wrong = null;
        foreach (var (segment, answer) in segments.Zip(answers))
        {
            if (answer is null)
                wrong ??= "a segment did not come back, or not as JSON";
            else if (segment.Masked.Restore(answer, _guard, out var translation) is { } fault)
                wrong ??= fault;
            else
                segment.Translation = translation;
        }

        return wrong;
    }

    private sealed class Segment(MaskedSegment masked)
    {
        public MaskedSegment Masked { get; } = masked;

        public string? Translation { get; set; }
    }
}
