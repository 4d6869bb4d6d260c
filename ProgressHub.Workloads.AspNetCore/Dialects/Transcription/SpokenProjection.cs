using System.Text.Json;
using ProgressHub.AspNetCore.Dialects;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Transcription;

/// <summary>
/// A transcript in OpenAI's stream: a <c>transcript.text.delta</c> a segment and <c>transcript.text.done</c> at the end; an
/// error is an object with <c>error</c>, which OpenAI's clients throw. Begun at a job's first event, the deltas add up to
/// the text of the end.
/// </summary>
/// <param name="id">What the client calls the job.</param>
internal sealed class SpokenProjection(string id) : IProjection
{
    private const string Delta = "transcript.text.delta";
    private const string Done = "transcript.text.done";
    private bool _hasSpoken;

    public IEnumerable<DialectMessage> Tell(JobMoment moment) => moment.Event switch
    {
        // A segment that is heard again after a crash was told before.
        PartialEvent { Ok: true, Replaces: null, Text: { } text } when !string.IsNullOrWhiteSpace(text) => [Speak(text)],
        DoneEvent { State: JobState.Succeeded } when moment.Result is { } result =>
            [Message(new StreamEvent(Done, Text: TranscriptBodies.Read(result).Text, JobId: id))],
        DoneEvent done => [Fail(done)],
        _ => [],
    };

    // No new words: what every client takes, where one may stumble over an event that it does not know.
    public DialectMessage Silence(StreamMoment moment) => Message(new StreamEvent(Delta, ""));

    private DialectMessage Speak(string text)
    {
        var words = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        var delta = _hasSpoken ? " " + words : words;
        _hasSpoken = true;
        return Message(new StreamEvent(Delta, delta));
    }

    private static DialectMessage Fail(DoneEvent done)
    {
        var (code, message) = done.Error is { } error ? (error.Code, error.Message) : ("canceled", "The transcription was canceled.");
        var problem = Problem.Of(StatusCodes.Status500InternalServerError, code, message);
        return new(JsonSerializer.SerializeToUtf8Bytes(TranscriptionShape.Envelope(problem), TranscriptionJson.Wire.ErrorEnvelope));
    }

    private static DialectMessage Message(StreamEvent message) =>
        new(JsonSerializer.SerializeToUtf8Bytes(message, TranscriptionJson.Wire.StreamEvent));
}
