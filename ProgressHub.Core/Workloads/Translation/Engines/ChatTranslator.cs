using Microsoft.Extensions.AI;
using ProgressHub.Core.Workloads.Inference;

namespace ProgressHub.Core.Workloads.Translation.Engines;

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

    public async Task<IReadOnlyList<string>> TranslateAsync(
        IReadOnlyList<string> segments, TranslationOrder order, string? complaint, CancellationToken cancellationToken)
    {
        using var client = engine.Connect(order.Model, order.ApiKey);
        var answer = await call.CompleteAsync(
            client,
            ChatPrompt.Messages(segments, order, complaint),
            new ChatOptions { MaxOutputTokens = engine.OutputTokens(segments.Sum(s => s.Length)) },
            cancellationToken).ConfigureAwait(false);
        return ChatPrompt.ReadAnswer(answer, segments.Count);
    }
}
