using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Inference;
using ProgressHub.Workloads.Transcription.Engines;

namespace ProgressHub.Workloads.Transcription;

/// <summary>What is to be transcribed, and with what.</summary>
[Trimmed]
internal sealed record TranscriptionInput
{
    public const int MaxPrompt = 2000;
    public const int MaxGrammar = 16 * 1024;

    // It would end an argument or a file in the middle.
    private const string NoNul = "[^\\u0000]*";
    // What the engine was called that ran whisper.cpp's program.
    public const string FormerWhisper = "whisper-cli";
    private const string LanguageOrName = "\\p{L}[\\p{L}\\p{M}0-9 _\\-]{1,39}";
    private const string HasNul = "'{0}' has a NUL character.";

    [Description("The id of an uploaded audio or video file; a form's file part stands in for it."), FileInput]
    [RegularExpression("^[0-9a-f]{32}$", ErrorMessage = "'{0}' is the id of an uploaded file.")]
    [Refusal("required", Message = "'file' is missing: the audio to transcribe, uploaded first or sent as the form's file.")]
    public required string File { get; init; }

    [Description("What does the work; the server's default where it is missing."), Refusal("enum", Code = "unknown_engine")]
    public string? Engine { get; init => field = value is FormerWhisper ? WhisperTranscriber.EngineId : value; }

    /// <summary>The code of the language; null where the engine is to find out.</summary>
    [Description("The language that is spoken, by its code or name, such as de or German; the engine finds out where it is missing. PocketSphinx knows English.")]
    [RegularExpression(LanguageOrName, ErrorMessage = "'{0}' is a language by its code or name, such as de, zh-TW or German, or auto.")]
    public string? Language { get; init => field = SpokenLanguage.Normalize(value); }

    /// <summary>What is to be done: <c>transcribe</c>, or <c>translate</c> into English.</summary>
    [Description("Whether what is said is written down as it is (transcribe) or in English (translate).")]
    [AllowedValues("transcribe", "translate", null)]
    public string? Task { get; init; }

    /// <summary>How the channels of a recording are heard: <c>mix</c> or <c>separate</c>.</summary>
    [Description("Whether the channels are heard together (mix), or each by itself as a speaker of its own (separate), as in a recorded call.")]
    [AllowedValues("mix", "separate", null)]
    public string? Channels { get; init; }

    [Description("The engine's model, where it has several; for whisper a name in the models folder, such as base.en.")]
    [MaxLength(EngineInput.MaxModel), RegularExpression(NoNul, ErrorMessage = HasNul)]
    public string? Model { get; init; }

    [Description("For PocketSphinx: a JSGF grammar of what may be said, or the right side of its one rule.")]
    [Examples("((front | rear | side) (center | left | right))+")]
    [MaxLength(MaxGrammar), RegularExpression(NoNul, ErrorMessage = HasNul)]
    public string? Grammar { get; init; }

    [Description("For Whisper and OpenAI: words that help with names and style.")]
    [MaxLength(MaxPrompt), RegularExpression(NoNul, ErrorMessage = HasNul)]
    public string? Prompt { get; init; }

    /// <summary>How freely the engine may guess, 0..1; null for the engine's own.</summary>
    [Description("For Whisper and OpenAI: how freely it may guess; the engine's own where it is missing.")]
    [Range(0, 1)]
    public double? Temperature { get; init; }

    [Description(EngineInput.Key), Secret, MaxLength(EngineInput.MaxKey)]
    public string? ApiKey { get; init; }

    /// <summary>Nothing prints its key by accident.</summary>
    public override string ToString() => nameof(TranscriptionInput);
}
