using ProgressHub.Core.Workloads;
using ProgressHub.Workloads.Transcription.Audio;

namespace ProgressHub.Workloads.Transcription.Engines;

/// <summary>Something that hears. One instance serves all jobs, several at once.</summary>
internal interface ITranscriber
{
    /// <summary>Its name in the API, such as <c>pocketsphinx</c>.</summary>
    string Id { get; }

    /// <summary>Whether it can work here, and what would make it.</summary>
    ValueTask<EngineStatus> GetStatusAsync(CancellationToken cancellationToken);

    /// <summary>Checks an order before a job is accepted.</summary>
    /// <returns>The model that would be used; null where there is nothing to choose.</returns>
    /// <exception cref="WorkloadException">
    /// <c>engine_unavailable</c>, <c>model_not_found</c>, <c>unsupported_language</c>, <c>unsupported_option</c> or <c>invalid_grammar</c>.
    /// </exception>
    ValueTask<string?> CheckAsync(TranscriptionOrder order, CancellationToken cancellationToken);

    /// <summary>Transcribes what is not done yet, telling each segment as soon as it is heard.</summary>
    /// <returns>The language that is spoken, where the engine says.</returns>
    /// <exception cref="WorkloadException">It failed; transient or not. What it told before counts.</exception>
    Task<string?> TranscribeAsync(TranscriptionWork work, CancellationToken cancellationToken);
}

/// <summary>What is asked of an engine. A class and not a record, so that nothing prints its key by accident.</summary>
internal sealed class TranscriptionOrder(TranscriptionInput input)
{
    /// <summary>The language; null where the engine is to find out.</summary>
    public string? Language { get; } = input.Language;

    /// <summary>The language without a region: <c>en</c> for <c>en-US</c>.</summary>
    public string? BaseLanguage => Language?.Split('-', '_')[0].ToLowerInvariant();

    public string? Model { get; } = input.Model;

    /// <summary>Whether what is said is to be told in English.</summary>
    public bool Translates { get; } = input.Task == "translate";

    /// <summary>Whether each channel is heard by itself.</summary>
    public bool SeparatesChannels { get; } = input.Channels == "separate";

    public string? Grammar { get; } = input.Grammar;

    public string? Prompt { get; } = input.Prompt;

    public double? Temperature { get; } = input.Temperature;

    public string? ApiKey { get; } = input.ApiKey;
}

/// <summary>One recording on its way through an engine.</summary>
internal sealed class TranscriptionWork
{
    public required TranscriptionOrder Order { get; init; }

    public required PreparedAudio Audio { get; init; }

    /// <summary>A folder of this attempt alone.</summary>
    public required string Folder { get; init; }

    /// <summary>What earlier attempts heard, by index.</summary>
    public required IReadOnlyDictionary<int, SpeechSegment> Done { get; init; }

    /// <summary>Takes a segment; completes once there is room for more.</summary>
    public required Func<SpeechSegment, Task> Heard { get; init; }

    /// <summary>Hears up to where the audio is done, and by where the engine will next be heard of, both in seconds.</summary>
    public required Action<double, double> Reached { get; init; }

    /// <summary>Puts a warning into the job's log.</summary>
    public required Func<string, Task> Warn { get; init; }

    public double Seconds => Audio.Scan.Seconds;

    /// <summary>How many segments earlier attempts heard without a gap; the index of the next.</summary>
    public int NextIndex
    {
        get
        {
            var next = 0;
            while (Done.ContainsKey(next))
                next++;
            return next;
        }
    }

    /// <summary>Up to where those reach, in seconds.</summary>
    public double ResumeAt => NextIndex is > 0 and var next ? Math.Min(Done[next - 1].End, Seconds) : 0;
}
