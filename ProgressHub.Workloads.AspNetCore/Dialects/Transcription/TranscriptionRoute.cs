namespace ProgressHub.Workloads.AspNetCore.Dialects.Transcription;

/// <summary>Which of the routes that take a recording.</summary>
internal enum TranscriptionRoute
{
    /// <summary><c>/transcribe</c>.</summary>
    Plain,

    /// <summary><c>/v1/audio/transcriptions</c>.</summary>
    OpenAI,

    /// <summary><c>/v1/audio/translations</c>.</summary>
    OpenAITranslation,
}
