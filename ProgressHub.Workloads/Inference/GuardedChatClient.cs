using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Inference;

/// <summary>
/// Watches over each answer: one that falls silent, takes too long, does not end or ends too early is a
/// <see cref="WorkloadException"/>, and so is every failure; a stall and a stream that ends without saying why are transient.
/// </summary>
internal sealed class GuardedChatClient(IChatClient inner, InferenceOptions limits, TimeProvider time) : DelegatingChatClient(inner)
{
    // Far beyond any sensible answer: bounds the memory a broken or hostile endpoint can take.
    private const int MaxAnswerCharacters = 4_000_000;

    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var silence = new CancellationTokenSource(limits.StallTimeout, time);
        using var whole = new CancellationTokenSource(limits.RequestTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token, whole.Token);
        await using var updates = base.GetStreamingResponseAsync(messages, options, linked.Token)
            .GetAsyncEnumerator(linked.Token);

        ChatFinishReason? finish = null;
        var length = 0;
        while (await NextAsync(updates, silence.Token, whole.Token, cancellationToken))
        {
            silence.CancelAfter(limits.StallTimeout);
            finish = updates.Current.FinishReason ?? finish;
            if ((length += updates.Current.Text.Length) > MaxAnswerCharacters)
                throw new WorkloadException("engine_answer_too_long", "The engine's answer does not end.");
            yield return updates.Current;
        }

        if (finish is null)
            throw EngineFaults.Cut(null);
        if (finish == ChatFinishReason.Length)
            throw new WorkloadException("engine_answer_too_long", "The engine's answer was cut at its length limit.");
        if (finish == ChatFinishReason.ContentFilter)
            throw new WorkloadException("engine_refused", "The engine declined to answer.");
    }

    private async ValueTask<bool> NextAsync(
        IAsyncEnumerator<ChatResponseUpdate> updates, CancellationToken silence, CancellationToken whole, CancellationToken caller)
    {
        try
        {
            return await updates.MoveNextAsync();
        }
        catch (Exception) when (caller.IsCancellationRequested)
        {
            throw new OperationCanceledException(caller);
        }
        catch (Exception) when (silence.IsCancellationRequested)
        {
            throw EngineFaults.Stalled(limits.StallTimeout);
        }
        catch (Exception) when (whole.IsCancellationRequested)
        {
            throw new WorkloadException("engine_unavailable", "The engine took too long to answer.") { IsTransient = true };
        }
        catch (Exception exception)
        {
            throw EngineFaults.From(exception);
        }
    }
}
