using System.ComponentModel.DataAnnotations;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Transcription;

/// <summary>How the transcription dialect behaves. Configuration section <c>Dialects:Transcription</c>.</summary>
internal sealed class TranscriptionDialectOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Dialects:Transcription";

    /// <summary>How long after a job's end its progress can be asked for; the job itself stays as long as any.</summary>
    [Range(typeof(TimeSpan), "00:00:00.001", "365.00:00:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan ProgressKept { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a stream of progress waits for a job that is not there yet.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan StreamWaits { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long at most the headers of an answer wait for the work to begin.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00", ParseLimitsInInvariantCulture = true)]
    public TimeSpan HeadersWait { get; set; } = TimeSpan.FromSeconds(2);
}
