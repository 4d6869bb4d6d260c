using System.Diagnostics.CodeAnalysis;
using OpenAI.Audio;

namespace ProgressHub.Workloads.Inference;

/// <summary>
/// Reads what an OpenAI-compatible endpoint answers, from what the client for all models leaves as the endpoint sent it:
/// the segments of a whole answer with their times, and of a streamed one what stands, not the words on their way to it.
/// </summary>
[Experimental("MEAI001")]
internal sealed class SpeechAnswer
{
    private bool _hasSegments;

    /// <summary>Whether a streamed answer has said that it is over.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>What a piece of the answer adds.</summary>
    /// <param name="raw">The piece, as the OpenAI SDK gives it.</param>
    public IEnumerable<SpokenText> Read(object? raw)
    {
        switch (raw)
        {
            case AudioTranscription { Segments: { Count: > 0 } segments, Language: var language }:
                return segments.Select(s => new SpokenText(s.Text, s.StartTime, s.EndTime, language));
            case AudioTranscription whole:
                return [new SpokenText(whole.Text ?? "", null, null, whole.Language)];
            case AudioTranslation { Segments: { Count: > 0 } segments, Language: var language }:
                return segments.Select(s => new SpokenText(s.Text, s.StartTime, s.EndTime, language));
            case AudioTranslation whole:
                return [new SpokenText(whole.Text ?? "", null, null, whole.Language)];
            case StreamingAudioTranscriptionTextSegmentUpdate segment:
                _hasSegments = true;
                return [new SpokenText(segment.Text, segment.StartTime, segment.EndTime, null)];
            case StreamingAudioTranscriptionTextDoneUpdate done:
                IsEnded = true;
                return _hasSegments ? [] : [new SpokenText(done.Text, null, null, null)];
            default:
                return [];
        }
    }
}
