using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;

namespace ProgressHub.Tests.Support;

/// <summary>A chat engine that keeps what it is told, and answers the same to everything.</summary>
internal sealed class RecordingEngine(string answer) : IChatEngine, IChatClient
{
    public List<ChatMessage> Messages { get; } = [];

    public string Id => "openai";

    public string Label => "Recorder";

    public EngineStatus Status => new(Id, Label, Ready: true);

    public bool CallsFunctions => false;

    public string? Missing(string? model, string? apiKey) => null;

    public string? ModelFor(string? model) => model ?? "m1";

    public IChatClient Connect(string? model, string? apiKey) => this;

    public int? OutputTokens(int characters) => null;

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        Messages.AddRange(messages);
        yield return new ChatResponseUpdate(ChatRole.Assistant, answer) { FinishReason = ChatFinishReason.Stop };
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceType == typeof(ChatClientMetadata) ? new ChatClientMetadata("recorder", null, "m1") : null;

    public void Dispose()
    {
    }
}
