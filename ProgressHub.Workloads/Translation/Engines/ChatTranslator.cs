using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Workloads.Translation.Engines;

/// <summary>A chat model that translates.</summary>
internal sealed class ChatTranslator(IChatEngine engine, ChatCall call) : ITranslator
{
    public string Id => engine.Id;

    public bool TakesComplaints => true;

    public ValueTask<EngineStatus> GetStatusAsync(CancellationToken cancellationToken) => ValueTask.FromResult(engine.Status);

    public ValueTask CheckAsync(TranslationOrder order, CancellationToken cancellationToken) =>
        engine.Missing(order.Model, order.ApiKey) is { } missing
            ? throw new WorkloadException("engine_unavailable", $"The engine '{Id}' is not ready. {missing}") { Property = "engine" }
            : ValueTask.CompletedTask;

    public async Task<IReadOnlyList<string?>> TranslateAsync(
        IReadOnlyList<string> segments, TranslationOrder order, string? complaint, CancellationToken cancellationToken)
    {
        var request = new ChatOrder(
            engine, ChatPrompt.File, await ChatPrompt.ValuesAsync(segments, order, complaint, cancellationToken))
        {
            Model = order.Model,
            ApiKey = order.ApiKey,
            ExpectedCharacters = segments.Sum(s => s.Length),
            Meter = order.Meter,
        };
        var answer = await call.CompleteAsync(request, cancellationToken);
        return ChatAnswer.Read(answer, segments.Count);
    }
}
