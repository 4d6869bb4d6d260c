using System.Globalization;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Translation.Segmentation;
using ProgressHub.Workloads.Workers;

namespace ProgressHub.Workloads.Translation.Cutting;

/// <summary>
/// Cuts texts into batches. A short one is cut here: whatever it is, it takes some hundredths of a second. A long one is cut
/// by a worker, which can be ended: nobody can promise how long a parser takes over a stranger's text.
/// </summary>
internal sealed class TextCutter(
    IOptions<TranslationOptions> translation, IOptions<WorkerOptions> workers, TimeProvider time, ILogger<WorkerPool> logger) : IDisposable
{
    /// <summary>How long a Markdown text may be to be cut here; others take time by their length alone.</summary>
    public const int ShortMarkdown = 8_000;
    private const int Short = 100_000;
    private readonly WorkerPool _workers = new(WorkerKind, workers, time, logger);

    /// <summary>What a worker may take.</summary>
    public static WorkerKind WorkerKind { get; } = WorkerKind.OfParsers(CutWorker.Kind);

    /// <summary>The batches of a text; the same text is always cut the same way.</summary>
    /// <param name="input">The text and how it is to be cut.</param>
    /// <param name="cancellationToken">Ends it, whatever it is at.</param>
    /// <exception cref="WorkloadException">
    /// <c>text_timeout</c>, <c>text_too_complex</c> or <c>text_failed</c>: the text can't be cut; <c>engine_unavailable</c>: no
    /// worker can be started.
    /// </exception>
    public async ValueTask<IReadOnlyList<Batch>> CutAsync(TranslationInput input, CancellationToken cancellationToken)
    {
        if (IsShort(input))
            return CutHere(input);
        var request = JsonSerializer.SerializeToElement(
            new CutRequest(input.Text, input.Format, SizeOf(input)), CutJson.Default.CutRequest);
        var escapings = input.Format.Escapings(input.Text);
        List<Batch> batches = [];
        try
        {
            await _workers.RunAsync(
                new WorkerRequest(CutWorker.Cut, request),
                said => CutWire.Read(said.Deserialize(CutJson.Default.CutBatches)!, escapings, batches),
                translation.Value.CutTimeout, cancellationToken);
        }
        catch (WorkerEndedException ended)
        {
            throw Fault(ended);
        }

        return CutWire.Covers(batches, input.Text) ? batches : throw new InvalidOperationException("The batches are not the whole text.");
    }

    /// <summary>About how long cutting a text takes: a worker is to be started for a long one.</summary>
    public static TimeSpan Expected(TranslationInput input) =>
        TimeSpan.FromMilliseconds((IsShort(input) ? 50 : 600) + (input.Text.Length * 0.001));

    /// <summary>The batches of a text that was cut before; null where it can't be cut now. It may wait for a worker.</summary>
    public IReadOnlyList<Batch>? CutAgain(TranslationInput input)
    {
        if (IsShort(input))
            return CutHere(input);
        try
        {
            return Task.Run(async () => await CutAsync(input, CancellationToken.None)).GetAwaiter().GetResult();
        }
        catch (WorkloadException)
        {
            return null;
        }
    }

    public void Dispose() => _workers.Dispose();

    private static bool IsShort(TranslationInput input) =>
        input.Text.Length <= (input.Format == TranslationFormat.Markdown ? ShortMarkdown : Short);

    private IReadOnlyList<Batch> CutHere(TranslationInput input) =>
        BatchPacker.Pack(input.Text, input.Format.Segment(input.Text), SizeOf(input));

    private int SizeOf(TranslationInput input) => input.BatchCharacters ?? translation.Value.BatchCharacters;

    private WorkloadException Fault(WorkerEndedException ended) => ended.End switch
    {
        WorkerEnd.NotStarted => new WorkloadException(
            "engine_unavailable", "The process that cuts texts can't be started now; the server's log says why.", ended) { IsTransient = true },
        WorkerEnd.Deadline => new WorkloadException("text_timeout", string.Create(
            CultureInfo.InvariantCulture,
            $"Reading the text's structure was stopped after {translation.Value.CutTimeout.TotalSeconds:0.#} s. Translate it in parts, or as plain text."),
            ended),
        WorkerEnd.OutOfMemory => new WorkloadException(
            "text_too_complex", "Reading the text's structure needs more memory than it may take. Translate it in parts, or as plain text.", ended),
        _ => new WorkloadException(
            "text_failed", "The text's structure could not be read: it ended the process that read it. Translate it as plain text.", ended),
    };
}
