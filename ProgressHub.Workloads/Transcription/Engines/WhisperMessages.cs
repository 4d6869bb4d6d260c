using System.Text.Json;
using System.Text.Json.Serialization;

namespace ProgressHub.Workloads.Transcription.Engines;

/// <summary>What a Whisper worker is to hear.</summary>
/// <param name="Model">The file of the model.</param>
/// <param name="Audio">A WAV as <see cref="Audio.SpeechAudio"/> has it.</param>
/// <param name="Parts">Which parts of it, in order; those between them are silent.</param>
/// <param name="Language">The language that is spoken; null where it is to find out.</param>
/// <param name="Threads">How many threads it may use.</param>
internal sealed record WhisperRequest(string Model, string Audio, IReadOnlyList<WhisperPart> Parts, string? Language, int Threads)
{
    /// <summary>Whether what is said is to be told in English.</summary>
    public bool Translates { get; init; }

    /// <summary>Words that help with names and style.</summary>
    public string? Prompt { get; init; }

    /// <summary>How freely it may guess, 0..1.</summary>
    public float? Temperature { get; init; }
}

/// <summary>A part of the audio, in seconds.</summary>
internal sealed record WhisperPart(double Start, double End);

/// <summary>What a Whisper worker tells on its way: one of these.</summary>
/// <param name="Loaded">The model is loaded.</param>
/// <param name="Reached">Up to where it has heard, in seconds from the beginning of the audio.</param>
/// <param name="Segment">What it has heard.</param>
internal sealed record WhisperNews(bool Loaded = false, double? Reached = null, WhisperSegment? Segment = null);

/// <summary>A segment, in seconds from the beginning of the audio.</summary>
internal sealed record WhisperSegment(double Start, double End, string Text, IReadOnlyList<SpokenWord> Words);

/// <summary>The end of the work.</summary>
/// <param name="Language">The language that was spoken first; null where nothing was.</param>
internal sealed record WhisperReply(string? Language);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WhisperRequest))]
[JsonSerializable(typeof(WhisperNews))]
[JsonSerializable(typeof(WhisperReply))]
internal sealed partial class WhisperJson : JsonSerializerContext;
