using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads.Inference;
using ProgressHub.Core.Workloads.Translation.Engines;

namespace ProgressHub.Core.Workloads.Translation;

/// <summary>Translates texts of up to 2 MiB, batch by batch, with one of several engines.</summary>
internal sealed class TranslationWorkload(
    IEnumerable<ITranslator> engines,
    TransientRetry retry,
    IOptions<TranslationOptions> options,
    ILogger<TranslationWorkload> logger) : IWorkload
{
    // Nothing is learned of the first stage, so that the weights stay: batches go from 10 to 95 % in every job.
    private static readonly StagePlan Stages = new(
        new Stage("preparing", "Preparing", 0.10) { Learned = false },
        new Stage("translating", "Translating", 0.85),
        new Stage("assembling", "Assembling", 0.05));

    private readonly IReadOnlyList<ITranslator> _engines =
        [.. engines.OrderBy(engine => engine.Id != options.Value.DefaultEngine)];

    public WorkloadDescriptor Descriptor { get; } = new()
    {
        Kind = "translation",
        Label = "Translation",
        Description = "Translates plain text, Markdown or SRT subtitles in batches; the structure survives.",
        InputSchema = TranslationSchema.Input,
        Stages = Stages,
        SecretInputs = [TranslationInput.ApiKeyProperty],

        // Each batch has been tried again for a while before a whole attempt fails.
        MaxAttempts = 2,
    };

    public async ValueTask<WorkloadPlan> PlanAsync(JsonElement input, CancellationToken cancellationToken)
    {
        var request = TranslationInput.Parse(input);
        var engine = Engine(request);
        await engine.CheckAsync(Order(request, TranslationInput.ReadApiKey(input)), cancellationToken).ConfigureAwait(false);
        return new WorkloadPlan(Stages, engine.Id, TranslationTitle.Of(request)) { InputSize = request.Text.Length };
    }

    public async Task<WorkloadOutcome> RunAsync(WorkloadContext context)
    {
        await context.BeginStageAsync("preparing").ConfigureAwait(false);
        var request = TranslationInput.Parse(context.Input);
        var engine = Engine(request);
        var order = Order(request, context.Secret(TranslationInput.ApiKeyProperty));
        await engine.CheckAsync(order, context.CancellationToken).ConfigureAwait(false);
        var status = await engine.GetStatusAsync(context.CancellationToken).ConfigureAwait(false);

        var plan = TranslationPlan.Of(request, options.Value.BatchCharacters);
        var total = plan.Batches.Count;
        await context.LogAsync(JobLogLevel.Info, string.Create(
            CultureInfo.InvariantCulture,
            $"{request.Text.Length:N0} characters of {request.Format.Name()} in {total} batches; engine: {status.Label}")).ConfigureAwait(false);
        var translator = new BatchTranslator(engine, retry, order, request);
        var run = new TranslationRun(context, plan, translator, options.Value, logger);
        await run.RestoreAsync(plan.Fingerprint(engine.Id)).ConfigureAwait(false);

        await context.BeginStageAsync("translating").ConfigureAwait(false);
        var failed = await run.TranslateAsync().ConfigureAwait(false);

        await context.BeginStageAsync("assembling").ConfigureAwait(false);
        var result = Document(request, run.Assemble());
        await context.LogAsync(
            failed == 0 ? JobLogLevel.Success : JobLogLevel.Warning,
            string.Create(CultureInfo.InvariantCulture, $"{total - failed} of {total} batches translated")).ConfigureAwait(false);
        return new WorkloadOutcome(result, failed);
    }

    /// <summary>
    /// The document so far: what is translated in its place, and the source where something is still to come or failed, so
    /// that it can always be read and used as what it is, a subtitle file for one.
    /// </summary>
    public ResultDocument? Assemble(JsonElement input, IReadOnlyDictionary<int, PartialResult> partials)
    {
        if (!partials.Values.Any(partial => partial.Ok))
            return null;
        var request = TranslationInput.Parse(input);
        var plan = TranslationPlan.Of(request, options.Value.BatchCharacters);
        var text = new StringBuilder();
        foreach (var batch in plan.Batches)
        {
            // Pieces of another cut of the text (its size was changed meanwhile) would not fit in between.
            var translated = partials.TryGetValue(batch.Index, out var partial) && partial.Ok && partial.Total == plan.Batches.Count;
            text.Append(translated ? partial!.Text : batch.Source(request.Text));
        }

        return Document(request, Encoding.UTF8.GetBytes(text.ToString()));
    }

    public async ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken)
    {
        List<EngineStatus> statuses = [];
        foreach (var engine in _engines)
            statuses.Add(await engine.GetStatusAsync(cancellationToken).ConfigureAwait(false));
        return statuses;
    }

    private ITranslator Engine(TranslationInput request) => request.Engine is null
        ? _engines[0]
        : _engines.FirstOrDefault(engine => engine.Id == request.Engine) ?? throw new WorkloadException(
            "unknown_engine", $"'engine' is one of {string.Join(", ", _engines.Select(engine => engine.Id))}.")
        {
            Property = "engine",
        };

    private static TranslationOrder Order(TranslationInput request, string? apiKey) =>
        new(request.SourceLanguage, request.TargetLanguage, request.Model, apiKey);

    private static ResultDocument Document(TranslationInput request, byte[] body) => new(
        request.Format.ContentType(),
        $"translation.{request.TargetLanguage}.{request.Format.Extension()}",
        body);
}
