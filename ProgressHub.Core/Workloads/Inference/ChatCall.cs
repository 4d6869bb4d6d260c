using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace ProgressHub.Core.Workloads.Inference;

/// <summary>
/// One question to a chat model, streamed, so that silence is noticed. Every failure is a <see cref="WorkloadException"/>;
/// a stall and a stream that ends without saying why it ended are transient.
/// </summary>
internal sealed class ChatCall(IOptions<InferenceOptions> options, TimeProvider time)
{
    // Far beyond any sensible answer: bounds the memory a broken or hostile endpoint can take.
    private const int MaxAnswerCharacters = 4_000_000;

    /// <summary>The whole answer.</summary>
    public async Task<string> CompleteAsync(
        IChatClient client, IReadOnlyList<ChatMessage> messages, ChatOptions? chatOptions, CancellationToken cancellationToken)
    {
        var answer = new StringBuilder();
        await foreach (var text in StreamAsync(client, messages, chatOptions, cancellationToken).ConfigureAwait(false))
            answer.Append(text);
        return answer.ToString();
    }

    /// <summary>The answer, piece by piece as it comes.</summary>
    public async IAsyncEnumerable<string> StreamAsync(
        IChatClient client,
        IReadOnlyList<ChatMessage> messages,
        ChatOptions? chatOptions,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(options.Value.StallTimeout, time);
        using var whole = new CancellationTokenSource(options.Value.RequestTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token, whole.Token);
        await using var updates = client.GetStreamingResponseAsync(messages, chatOptions, linked.Token)
            .GetAsyncEnumerator(linked.Token);

        ChatFinishReason? finish = null;
        var length = 0;
        while (await NextAsync(updates, silence.Token, whole.Token, cancellationToken).ConfigureAwait(false))
        {
            silence.CancelAfter(options.Value.StallTimeout);
            finish = updates.Current.FinishReason ?? finish;
            var text = updates.Current.Text;
            if ((length += text.Length) > MaxAnswerCharacters)
                throw new WorkloadException("engine_answer_too_long", "The engine's answer does not end.");
            if (text.Length > 0)
                yield return text;
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
            return await updates.MoveNextAsync().ConfigureAwait(false);
        }
        catch (Exception) when (caller.IsCancellationRequested)
        {
            throw new OperationCanceledException(caller);
        }
        catch (Exception) when (silence.IsCancellationRequested)
        {
            throw EngineFaults.Stalled(options.Value.StallTimeout);
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
