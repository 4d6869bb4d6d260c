using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Transcription;

/// <summary>
/// Which engine a request's <c>model</c> means. Clients name models of OpenAI or of Whisper out of habit; where nothing
/// here goes by that name, the server's default engine does the work, and the answer says which that was.
/// </summary>
internal sealed partial class ModelChoice(WorkloadCatalog workloads, IOptions<OpenAIOptions> openAI)
{
    private const string Whisper = "whisper";
    private const string FormerWhisper = "whisper-cli";
    private const string OpenAI = "openai";

    /// <summary>An engine and its model; both null for the server's defaults.</summary>
    public async Task<(string? Engine, string? Model)> OfAsync(string? model, CancellationToken cancellationToken)
    {
        var engines = await EnginesAsync(cancellationToken);
        if (engines.Any(e => e.Id == model))
            return (model, null);
        if (model is FormerWhisper)
            return (Whisper, null);
        if (model is null)
            return (null, null);
        if (engines.Any(e => e is { Id: Whisper, Ready: true } && e.Options.Any(name => Means(model, name))))
            return (Whisper, model);

        // OpenAI itself has no "base" or "tiny": those are whisper.cpp's names, and another's server may go by them.
        if (engines.Any(e => e is { Id: OpenAI, Ready: true }) && (openAI.Value.Endpoint is not null || !Size().IsMatch(model)))
            return (OpenAI, model);
        return (null, null);
    }

    /// <summary>Of what an engine takes no account, that a request may bring all the same: OpenAI's clients send it to any model.</summary>
    public async Task<bool> TakesHintsAsync(string? engine, CancellationToken cancellationToken) =>
        (engine ?? (await EnginesAsync(cancellationToken))[0].Id) is Whisper or OpenAI;

    /// <summary>What is ready, by the names that a request may use.</summary>
    public async Task<IReadOnlyList<ModelView>> ListAsync(CancellationToken cancellationToken)
    {
        List<ModelView> models = [];
        foreach (var engine in (await EnginesAsync(cancellationToken)).Where(e => e.Ready))
        {
            models.Add(View(engine.Id, engine.Id));
            if (engine.Id == OpenAI)
                models.Add(View(string.IsNullOrWhiteSpace(openAI.Value.SpeechModel) ? "whisper-1" : openAI.Value.SpeechModel, OpenAI));
            else if (engine.Id == Whisper)
                models.AddRange(engine.Options.Select(name => View(name, engine.Id)));
        }

        return [.. models.DistinctBy(m => m.Id)];
    }

    private ValueTask<IReadOnlyList<EngineStatus>> EnginesAsync(CancellationToken cancellationToken) =>
        workloads.Get(TranscriptionDialect.Kind).GetEnginesAsync(cancellationToken);

    // "base" is also a quantised base-q5_1, as the engine finds it.
    private static bool Means(string asked, string name) =>
        asked == name || name.StartsWith($"{asked}-q", StringComparison.Ordinal) || asked == $"ggml-{name}.bin";

    private static ModelView View(string id, string owner) => new(id, "model", 0, owner);

    [GeneratedRegex(@"^(?:tiny|base|small|medium|large(?:-v[0-9])?(?:-turbo)?|turbo|distil-.*)(?:\.en)?$")]
    private static partial Regex Size();
}
