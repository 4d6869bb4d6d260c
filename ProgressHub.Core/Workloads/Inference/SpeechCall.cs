using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace ProgressHub.Core.Workloads.Inference;

/// <summary>
/// One recording sent to a speech model. Every failure is a <see cref="WorkloadException"/>; silence in a stream, and a
/// stream that ends without saying so, are transient.
/// </summary>
[Experimental("MEAI001")]
internal sealed class SpeechCall(IOptions<InferenceOptions> options, TimeProvider time)
{
    /// <summary>What is said, as it comes.</summary>
    /// <param name="client">The model.</param>
    /// <param name="audio">The recording.</param>
    /// <param name="asked">What is asked of it.</param>
    /// <param name="streamed">Whether the words stream; else the whole answer comes at once, after a long silence.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<SpeechToTextResponseUpdate> TranscribeAsync(
        OpenAISpeechClient client, Stream audio, SpeechToTextOptions asked, bool streamed,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var patience = streamed ? options.Value.StallTimeout : options.Value.RequestTimeout;
        using var silence = new CancellationTokenSource(patience, time);
        using var whole = new CancellationTokenSource(options.Value.RequestTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token, whole.Token);
        var answer = streamed
            ? client.GetStreamingTextAsync(audio, asked, linked.Token)
            : client.GetWholeAsync(audio, asked, linked.Token);
        await using var updates = answer.GetAsyncEnumerator(linked.Token);

        var (began, ended) = (false, false);
        while (await NextAsync(updates, patience, silence.Token, cancellationToken).ConfigureAwait(false))
        {
            silence.CancelAfter(patience);
            began = true;
            ended |= updates.Current.Kind == SpeechToTextResponseUpdateKind.SessionClose;
            yield return updates.Current;
        }

        // A server that does not stream answers in JSON, in which a reader of streams finds nothing at all.
        if (streamed && began && !ended)
            throw EngineFaults.Cut(null);
    }

    private static async ValueTask<bool> NextAsync(
        IAsyncEnumerator<SpeechToTextResponseUpdate> updates, TimeSpan patience, CancellationToken silence, CancellationToken caller)
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
            throw EngineFaults.Stalled(patience);
        }
        catch (Exception exception)
        {
            throw EngineFaults.From(exception);
        }
    }
}
