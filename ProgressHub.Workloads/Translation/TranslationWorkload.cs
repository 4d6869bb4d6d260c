using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Progress;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Inference.Usage;
using ProgressHub.Workloads.Translation.Cutting;
using ProgressHub.Workloads.Translation.Engines;

namespace ProgressHub.Workloads.Translation;

/// <summary>Translates texts of up to 2 MiB, batch by batch, with one of several engines.</summary>
internal sealed class TranslationWorkload(
    IEnumerable<ITranslator> engines,
    TextCutter cutter,
    TransientRetry retry,
    IOptions<TranslationOptions> options,
    ILogger<TranslationWorkload> logger) : Workload<TranslationInput>
{
    // Batches go from 10 to 95 % in every job.
    internal static StagePlan Plan { get; } = new(
        new Stage("preparing", "Preparing", 0.10) { Expected = TimeSpan.FromMilliseconds(50) },
        new Stage("translating", "Translating", 0.85),
        new Stage("assembling", "Assembling", 0.05) { Expected = TimeSpan.FromMilliseconds(50) }) { IsFixed = true };

    private readonly EngineChoice<ITranslator> _engines = new(engines, engine => engine.Id, options.Value.DefaultEngine);

    public override string Kind => "translation";

    public override string Description => "Translates plain text, Markdown, subtitles (SRT, WebVTT) and catalogues (JSON, PO) in batches; the structure survives.";

    public override StagePlan Stages => Plan;

    public override async ValueTask<WorkloadPlan> PlanAsync(TranslationInput input, string owner, CancellationToken cancellationToken)
    {
        input.Format.Check(input.Text);
        var engine = _engines.Get(input.Engine);
        await engine.CheckAsync(Order(input, null), cancellationToken);
        return new WorkloadPlan(Stages, engine.Id, TranslationTitle.Of(input))
        {
            InputSize = input.Text.Length,
            CallsModels = EngineInput.CallsModels(engine.Id),
            PartialsKey = TranslationPlan.KeyOf(input, engine.Id, options.Value.BatchCharacters),
        };
    }

    public override async Task<WorkloadOutcome> RunAsync(TranslationInput input, WorkloadContext context)
    {
        await context.BeginStageAsync("preparing");
        context.Expect("preparing", TextCutter.Expected(input));
        var engine = _engines.Get(input.Engine);
        var status = await engine.GetStatusAsync(context.CancellationToken);

        var plan = new TranslationPlan(input, await cutter.CutAsync(input, context.CancellationToken));
        var total = plan.Batches.Count;
        await context.LogAsync(JobLogLevel.Info, string.Create(
            CultureInfo.InvariantCulture,
            $"{input.Text.Length:N0} characters of {input.Format.Name()} in {total} batches; engine: {status.Label}"));
        var translator = new BatchTranslator(engine, retry, Order(input, new JobMeter(context, input.Budget)), input);
        var run = new TranslationRun(context, plan, translator, options.Value, logger);
        await run.RestoreAsync(plan.Fingerprint(engine.Id));

        await context.BeginStageAsync("translating");
        var failed = await run.TranslateAsync();

        await context.BeginStageAsync("assembling");
        var result = Document(input, run.Assemble());
        await context.LogAsync(
            failed == 0 ? JobLogLevel.Success : JobLogLevel.Warning,
            string.Create(CultureInfo.InvariantCulture, $"{total - failed} of {total} batches translated"));
        return new WorkloadOutcome(result, failed);
    }

    /// <summary>
    /// The document so far: what is translated in its place, and the source where something is still to come or failed, so
    /// that it can always be read and used as what it is, a subtitle file for one.
    /// </summary>
    public override ResultDocument? Assemble(TranslationInput input, IReadOnlyDictionary<int, PartialResult> partials)
    {
        if (!partials.Values.Any(partial => partial.Ok))
            return null;
        if (cutter.CutAgain(input) is not { } batches)
            return null;
        var text = new StringBuilder();
        foreach (var batch in batches)
        {
            // Pieces of another cut of the text (its size was changed meanwhile) would not fit in between.
            var translated = partials.TryGetValue(batch.Index, out var partial) && partial.Ok && partial.Total == batches.Count;
            text.Append(translated ? partial!.Text : batch.Source(input.Text));
        }

        return Document(input, Encoding.UTF8.GetBytes(text.ToString()));
    }

    public override async ValueTask<IReadOnlyList<EngineStatus>> GetEnginesAsync(CancellationToken cancellationToken)
    {
        List<EngineStatus> statuses = [];
        foreach (var engine in _engines.All)
            statuses.Add(await engine.GetStatusAsync(cancellationToken));
        return statuses;
    }

    protected override TranslationInput Check(TranslationInput input) => input.Checked();

    // Each batch has been tried again for a while before a whole attempt fails.
    protected override WorkloadDescriptor Describe(WorkloadDescriptor inferred) => inferred with { MaxAttempts = 2 };

    protected override void ShapeSchema(JsonObject schema) => _engines.NameIn(schema);

    private static TranslationOrder Order(TranslationInput input, JobMeter? meter) =>
        new(input.SourceLanguage, input.TargetLanguage, input.Model, input.ApiKey) { Meter = meter };

    private static ResultDocument Document(TranslationInput input, byte[] body) => new(
        input.Format.ContentType(),
        $"translation.{input.TargetLanguage}.{input.Format.Extension()}",
        body);
}
