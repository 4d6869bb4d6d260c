using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;
using ProgressHub.Core.Workloads;

namespace ProgressHub.Workloads.Inference;

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
    public async IAsyncEnumerable<SpokenText> TranscribeAsync(
        ISpeechToTextClient client, Stream audio, SpeechToTextOptions asked, bool streamed,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var span = EngineSpan.Model("transcribe", "openai", asked.ModelId);
        var patience = streamed ? options.Value.StallTimeout : options.Value.RequestTimeout;
        using var silence = new CancellationTokenSource(patience, time);
        using var whole = new CancellationTokenSource(options.Value.RequestTimeout, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token, whole.Token);
        var answer = streamed
            ? client.GetStreamingTextAsync(audio, asked, linked.Token)
            : WholeAsync(client, audio, asked, linked.Token);
        await using var updates = answer.GetAsyncEnumerator(linked.Token);

        var began = false;
        var read = new SpeechAnswer();
        while (await NextAsync(updates, patience, span, silence.Token, cancellationToken))
        {
            silence.CancelAfter(patience);
            began = true;
            foreach (var spoken in read.Read(updates.Current.RawRepresentation))
                yield return spoken;
        }

        // A server that does not stream answers in JSON, in which a reader of streams finds nothing at all.
        if (streamed && began && !read.IsEnded)
            throw EngineFaults.Cut(null);
    }

    private static async IAsyncEnumerable<SpeechToTextResponseUpdate> WholeAsync(
        ISpeechToTextClient client, Stream audio, SpeechToTextOptions asked, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var answer = await client.GetTextAsync(audio, asked, cancellationToken);
        yield return new SpeechToTextResponseUpdate { RawRepresentation = answer.RawRepresentation };
    }

    private static async ValueTask<bool> NextAsync(
        IAsyncEnumerator<SpeechToTextResponseUpdate> updates, TimeSpan patience, EngineSpan span, CancellationToken silence,
        CancellationToken caller)
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
            throw Failed(span, EngineFaults.Stalled(patience));
        }
        catch (Exception exception)
        {
            throw Failed(span, EngineFaults.From(exception));
        }
    }

    private static WorkloadException Failed(EngineSpan span, WorkloadException fault)
    {
        span.Fail(fault.Code);
        return fault;
    }
}
