using System.Text.Json;
using System.Text.Json.Serialization;
using ProgressHub.AspNetCore.Dialects;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Transcription;

/// <summary>Where a job stands.</summary>
/// <param name="Status"><c>uploading</c>, <c>preprocessing</c>, <c>transcribing</c>, <c>completed</c> or <c>error</c>.</param>
/// <param name="Progress">0 to 100.</param>
/// <param name="Message">What is being done, or went wrong, for a person.</param>
/// <param name="JobId">What the client calls the job.</param>
internal sealed record ProgressView(string Status, int Progress, string Message, string JobId);

/// <summary>The answer to who does not wait: where the job stands, and where to ask on.</summary>
internal sealed record AcceptedView(
    string Status, int Progress, string Message, string JobId, string ProgressUrl, string StreamUrl, string ResultUrl);

/// <summary>A transcript as the workload keeps it; times in seconds.</summary>
internal sealed record KeptTranscript(
    string Text, string? Language, double Duration, string? Engine, IReadOnlyList<KeptSegment> Segments);

/// <summary>A stretch of it.</summary>
internal sealed record KeptSegment(
    double Start, double End, string Text, int? Channel = null, string? Speaker = null, IReadOnlyList<WordView>? Words = null);

/// <summary>A word with its time.</summary>
internal sealed record WordView(string Word, double Start, double End);

/// <summary>What <c>POST /transcribe</c> answers.</summary>
internal sealed record TranscribeView(
    string Text, string JobId, string? Language, double Duration, IReadOnlyList<NumberedSegment> Segments, string? Model,
    string? Engine);

/// <summary>A segment with its number, from 0.</summary>
internal sealed record NumberedSegment(
    int Id, double Start, double End, string Text, int? Channel, string? Speaker, IReadOnlyList<WordView>? Words);

/// <summary>OpenAI's <c>json</c>, the job's id, and what did the work.</summary>
internal sealed record TranscriptionView(string Text, UsageView Usage, string JobId, string? Engine);

/// <summary>OpenAI's usage of what is billed by time.</summary>
internal sealed record UsageView(string Type, double Seconds);

/// <summary>OpenAI's <c>verbose_json</c>, the job's id, and what did the work.</summary>
internal sealed record VerboseView(
    string Task, string Language, double Duration, string Text, IReadOnlyList<VerboseSegment>? Segments, IReadOnlyList<WordView>? Words,
    UsageView Usage, string JobId, string? Engine);

/// <summary>
/// OpenAI's segment. <c>avg_logprob</c> and <c>no_speech_prob</c> are left out: our engines do not tell them, and no number
/// would be true. <c>seek</c> is the segment's beginning in the 10 ms frames that Whisper counts. <c>channel</c> and
/// <c>speaker</c> are ours, where channels were heard apart.
/// </summary>
internal sealed record VerboseSegment(
    int Id, int Seek, double Start, double End, string Text, IReadOnlyList<int> Tokens, double Temperature, double CompressionRatio,
    int? Channel, string? Speaker);

/// <summary>An event of OpenAI's stream.</summary>
internal sealed record StreamEvent(string Type, string? Delta = null, string? Text = null, string? JobId = null);

/// <summary>An error as OpenAI says it; also inside a stream.</summary>
internal sealed record ErrorEnvelope(ErrorView Error);

/// <summary>An error as OpenAI says it.</summary>
internal sealed record ErrorView(
    string Message, string Type,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Param,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Code);

/// <summary>An error of <c>/transcribe</c> and <c>/progress</c>.</summary>
internal sealed record PlainError(string Error, string Code, string? JobId = null, string? Property = null);

/// <summary>OpenAI's list of models.</summary>
internal sealed record ModelList(string Object, IReadOnlyList<ModelView> Data);

/// <summary>OpenAI's model. When ours were made is not known: <c>created</c> is 0.</summary>
internal sealed record ModelView(string Id, string Object, long Created, string OwnedBy);

/// <summary>What a request asks of the workload.</summary>
internal sealed record WorkloadOrder(
    string File, string? Engine, string? Model, string? Language, string? Prompt, double? Temperature,
    string? Task, string? Channels);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProgressView))]
[JsonSerializable(typeof(AcceptedView))]
[JsonSerializable(typeof(KeptTranscript))]
[JsonSerializable(typeof(TranscribeView))]
[JsonSerializable(typeof(TranscriptionView))]
[JsonSerializable(typeof(VerboseView))]
[JsonSerializable(typeof(StreamEvent))]
[JsonSerializable(typeof(ErrorEnvelope))]
[JsonSerializable(typeof(PlainError))]
[JsonSerializable(typeof(ModelList))]
[JsonSerializable(typeof(ModelView))]
[JsonSerializable(typeof(WorkloadOrder))]
internal sealed partial class TranscriptionJson : JsonSerializerContext
{
    private static TranscriptionJson? s_wire;

    /// <summary>On one line, with letters of any script as they are.</summary>
    public static TranscriptionJson Wire => s_wire ??= new TranscriptionJson(
        new JsonSerializerOptions(Default.Options) { Encoder = ReadableEncoder.Instance });
}
