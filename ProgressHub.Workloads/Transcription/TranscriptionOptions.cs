using System.ComponentModel.DataAnnotations;

namespace ProgressHub.Workloads.Transcription;

/// <summary>How transcriptions are done.</summary>
public sealed class TranscriptionOptions
{
    /// <summary>Where these options live in the configuration.</summary>
    public const string Section = "Transcription";

    /// <summary>
    /// The engine of requests that name none: <c>whisper</c>, <c>openai</c> or <c>pocketsphinx</c>; where it is
    /// missing, the first of them that is ready. <c>whisper-cli</c>, its former name, is <c>whisper</c>.
    /// </summary>
    [RegularExpression("whisper|openai|pocketsphinx")]
    public string? DefaultEngine { get; set => field = value is "whisper-cli" ? "whisper" : value; }

    /// <summary>The folder with whisper.cpp's models, such as <c>ggml-base.en.bin</c>; relative to where the server runs.</summary>
    [Required]
    public string ModelsDirectory { get; set; } = "models";

    /// <summary>The Whisper model of requests that name none, by path or by its name in the folder; else the first one there.</summary>
    public string? Model { get; set; }

    /// <summary>How many threads a Whisper worker uses; 0 for the cores shared out among <see cref="MaxConcurrency"/>.</summary>
    [Range(0, 256)]
    public int WhisperThreads { get; set; }

    /// <summary>How long Whisper may take to load a model, besides a second for each 20 MB of it.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan WhisperLoadTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long Whisper may say nothing while it works; a large model on a slow machine takes minutes for 30 s of audio.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "24:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan WhisperSilenceTimeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>PocketSphinx's batch program, by name or path.</summary>
    [Required]
    public string PocketSphinx { get; set; } = "pocketsphinx_batch";

    /// <summary>The folder of PocketSphinx's English model: <c>en-us</c>, <c>en-us.lm.bin</c> and <c>cmudict-en-us.dict</c>.</summary>
    [Required]
    public string PocketSphinxModel { get; set; } = "/usr/share/pocketsphinx/model/en-us";

    /// <summary>ffmpeg, by name or path.</summary>
    [Required]
    public string FFmpeg { get; set; } = "ffmpeg";

    /// <summary>ffprobe, by name or path.</summary>
    [Required]
    public string FFprobe { get; set; } = "ffprobe";

    /// <summary>How long ffmpeg may take for one file.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "06:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan FFmpegTimeout { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>How long ffprobe may take to say how long a file is.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ProbeTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest audio that is taken, in minutes.</summary>
    [Range(1, 24 * 60)]
    public int MaxAudioMinutes { get; set; } = 240;

    /// <summary>How many transcriptions run at once.</summary>
    [Range(1, 1000)]
    public int MaxConcurrency { get; set; } = Math.Max(1, Environment.ProcessorCount / 2);

    /// <summary>
    /// How many seconds of audio go to an OpenAI-compatible endpoint in one request; OpenAI takes 25 MB, which is 13
    /// minutes of the WAV that is sent. Longer audio is cut at pauses.
    /// </summary>
    [Range(10, 780)]
    public int OpenAIPartSeconds { get; set; } = 300;

    /// <summary>Whether the endpoint streams its words; where it is missing, OpenAI's <c>gpt-</c> models do and others do not.</summary>
    public bool? OpenAIStreaming { get; set; }
}
