using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OpenAI.Audio;

namespace ProgressHub.Core.Workloads.Inference;

/// <summary>
/// The OpenAI SDK's audio client as an <see cref="ISpeechToTextClient"/>. Whole answers come as segments with their times;
/// streamed ones as <c>TextUpdating</c> for words on their way and <c>TextUpdated</c> for what stands.
/// </summary>
[Experimental("MEAI001")]
internal sealed class OpenAISpeechClient(AudioClient client, string model, Uri endpoint) : ISpeechToTextClient
{
    /// <summary>An additional property: words that help with names and style.</summary>
    public const string Prompt = "prompt";

    /// <summary>An additional property: how freely it may guess, a <see cref="float"/> from 0 to 1.</summary>
    public const string Temperature = "temperature";

    /// <summary>An additional property of an answer: the language that was heard.</summary>
    public const string Language = "language";

    private const string FileName = "audio.wav";
    private readonly SpeechToTextClientMetadata _metadata = new("openai", endpoint, model);

    public async Task<SpeechToTextResponse> GetTextAsync(
        Stream audioSpeechStream, SpeechToTextOptions? options = null, CancellationToken cancellationToken = default)
    {
        List<SpeechToTextResponseUpdate> updates = [];
        await foreach (var update in GetWholeAsync(audioSpeechStream, options, cancellationToken).ConfigureAwait(false))
            updates.Add(update);
        return updates.ToSpeechToTextResponse();
    }

    /// <summary>Asks for the whole answer, with the times of its segments, and yields it segment by segment.</summary>
    public async IAsyncEnumerable<SpeechToTextResponseUpdate> GetWholeAsync(
        Stream audio, SpeechToTextOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var asked = ToOpenAI(options);
        asked.ResponseFormat = AudioTranscriptionFormat.Verbose;
        asked.TimestampGranularities = AudioTimestampGranularities.Segment;
        var answer = (await client.TranscribeAudioAsync(audio, FileName, asked, cancellationToken).ConfigureAwait(false)).Value;
        if (answer.Segments is { Count: > 0 } segments)
        {
            foreach (var segment in segments)
                yield return Said(segment.Text, segment.StartTime, segment.EndTime, answer.Language);
        }
        else
        {
            yield return Said(answer.Text ?? "", null, null, answer.Language);
        }
    }

    public async IAsyncEnumerable<SpeechToTextResponseUpdate> GetStreamingTextAsync(
        Stream audioSpeechStream,
        SpeechToTextOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var stream = await client.TranscribeAudioStreamingAsync(audioSpeechStream, FileName, ToOpenAI(options), cancellationToken)
            .ConfigureAwait(false);
        var hasSegments = false;
        await foreach (var update in stream.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            switch (update)
            {
                case StreamingAudioTranscriptionTextDeltaUpdate delta:
                    yield return new SpeechToTextResponseUpdate(delta.Delta) { Kind = SpeechToTextResponseUpdateKind.TextUpdating };
                    break;
                case StreamingAudioTranscriptionTextSegmentUpdate segment:
                    hasSegments = true;
                    yield return Said(segment.Text, segment.StartTime, segment.EndTime, null);
                    break;
                case StreamingAudioTranscriptionTextDoneUpdate done:
                    if (!hasSegments)
                        yield return Said(done.Text, null, null, null);
                    yield return new SpeechToTextResponseUpdate { Kind = SpeechToTextResponseUpdateKind.SessionClose };
                    break;
            }
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(SpeechToTextClientMetadata) ? _metadata
        : serviceType.IsInstanceOfType(this) ? this
        : serviceType.IsInstanceOfType(client) ? client
        : null;

    // The SDK's client owns nothing: the HTTP client underneath is shared.
    public void Dispose()
    {
    }

    private static AudioTranscriptionOptions ToOpenAI(SpeechToTextOptions? options) => new()
    {
        Language = options?.SpeechLanguage,
        Prompt = options?.AdditionalProperties?.TryGetValue<string>(Prompt, out var prompt) == true ? prompt : null,
        Temperature = options?.AdditionalProperties?.TryGetValue<float>(Temperature, out var temperature) == true ? temperature : null,
    };

    private static SpeechToTextResponseUpdate Said(string text, TimeSpan? start, TimeSpan? end, string? language) => new(text)
    {
        Kind = SpeechToTextResponseUpdateKind.TextUpdated,
        StartTime = start,
        EndTime = end,
        AdditionalProperties = language is null ? null : new AdditionalPropertiesDictionary { [Language] = language },
    };
}
