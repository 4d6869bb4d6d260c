using Microsoft.Extensions.AI;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Inference;

/// <summary>
/// Ends a conversation of calls: once they are used up the functions are still declared, as the messages before speak of
/// them, and none may be called.
/// </summary>
internal sealed class BoundedFunctionsClient(IChatClient inner, ChatFunctions functions) : DelegatingChatClient(inner)
{
    // A model that goes on calling after it was told not to does not answer.
    private const int MostRefusals = 2;

    private int _refused;

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (!functions.AreUsedUp)
            return base.GetStreamingResponseAsync(messages, options, cancellationToken);
        if (_refused++ >= MostRefusals)
            throw new WorkloadException("engine_failed", "The model goes on calling functions and does not answer.");
        var last = options?.Clone() ?? new ChatOptions();
        last.ToolMode = ChatToolMode.None;
        return base.GetStreamingResponseAsync(messages, last, cancellationToken);
    }
}
