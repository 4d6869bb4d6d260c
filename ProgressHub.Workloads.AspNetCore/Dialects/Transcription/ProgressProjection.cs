using System.Globalization;
using System.Text.Json;
using ProgressHub.AspNetCore.Dialects;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Transcription;

/// <summary>A job's state as <c>status, progress, message, job_id</c>; see the table of stages in the README.</summary>
/// <param name="id">What the client calls the job.</param>
internal sealed class ProgressProjection(string id) : IProjection
{
    private const int Preprocessing = 10;
    private const int Begun = 30;
    private const int Heard = 90;

    /// <summary>The state in the dialect's words.</summary>
    public static ProgressView Of(JobSnapshot job, string id)
    {
        var (status, progress, message) = job.State switch
        {
            JobState.Succeeded => ("completed", 100, "Transcription complete"),
            JobState.Failed or JobState.Canceled => ("error", 0, job.Error?.Message ?? "The transcription was canceled."),
            JobState.Queued when job.Attempt == 0 => ("uploading", 0, Place(job.QueuePosition)),
            _ => Running(job),
        };
        return new ProgressView(status, progress, message, id);
    }

    public IEnumerable<DialectMessage> Open(JobSnapshot snapshot) => [Message(snapshot)];

    public IEnumerable<DialectMessage> Tell(JobMoment moment) =>
        moment.Event is PartialEvent or LogEvent ? [] : [Message(moment.After)];

    public DialectMessage Silence(StreamMoment moment) => Message(moment.Snapshot);

    public DialectMessage? Repeat(StreamMoment moment) => Message(moment.Snapshot);

    private static (string Status, int Progress, string Message) Running(JobSnapshot job) => job.Stage switch
    {
        "preprocessing" => (job.Stage, Preprocessing, job.Message ?? "Preprocessing"),
        "transcribing" => (job.Stage, Begun + (int)((Heard - Begun) * Math.Clamp(job.StageFraction ?? 0, 0, 1)), job.Message ?? "Transcribing"),

        // Our last stage; a client that reads "completed" stops listening, and there is no result yet.
        "completed" => ("transcribing", Heard, "Putting the transcription together"),
        _ => ("uploading", 0, Upload(job)),
    };

    private static string Upload(JobSnapshot job) => job switch
    {
        { Unit: "bytes", Current: { } current, Total: { } total } when total > current =>
            $"{job.Message} ({Megabytes(current)} of {Megabytes(total)} MB)",
        { Unit: "bytes", Current: { } current, Total: null } => $"{job.Message} ({Megabytes(current)} MB so far)",
        _ => job.Message ?? "Waiting for the audio",
    };

    private static string Place(int? before) => before switch
    {
        null or 0 => "Waiting for its turn",
        1 => "Waiting for its turn; one job is before it",
        _ => string.Create(CultureInfo.InvariantCulture, $"Waiting for its turn; {before} jobs are before it"),
    };

    private static string Megabytes(double bytes) => (bytes / 1_000_000).ToString("0.0", CultureInfo.InvariantCulture);

    private DialectMessage Message(JobSnapshot job) =>
        new(JsonSerializer.SerializeToUtf8Bytes(Of(job, id), TranscriptionJson.Wire.ProgressView));
}
