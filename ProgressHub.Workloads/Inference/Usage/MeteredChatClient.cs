using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace ProgressHub.Workloads.Inference.Usage;

/// <summary>Counts each call that really goes out: those that functions cause, and those that are tried again, too.</summary>
internal sealed class MeteredChatClient(IChatClient inner, JobMeter meter, ModelRate rate) : DelegatingChatClient(inner)
{
    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ChatMessage[] sent = [.. messages];
        var call = meter.Begin(rate, TokenEstimate.Of(sent, options));
        var complete = false;
        try
        {
            await using var updates = base.GetStreamingResponseAsync(sent, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
            while (await NextAsync(updates, call))
            {
                call.Hear(updates.Current);
                yield return updates.Current;
            }

            complete = true;
        }
        finally
        {
            await call.EndAsync(complete);
        }
    }

    private static async ValueTask<bool> NextAsync(IAsyncEnumerator<ChatResponseUpdate> updates, MeteredCall call)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception failure)
        {
            call.Fail(failure);
            throw;
        }
    }
}
