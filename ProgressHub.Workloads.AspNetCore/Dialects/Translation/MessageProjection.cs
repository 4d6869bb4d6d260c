using System.Globalization;
using System.Text;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.AspNetCore.Dialects.Translation;

/// <summary>A translation in the words of this dialect: pure functions of the job's state and its pieces.</summary>
internal static class MessageProjection
{
    /// <summary>Where it stands.</summary>
    /// <param name="job">The job's state.</param>
    /// <param name="result">What came of it, once it has ended.</param>
    public static Message Status(JobSnapshot job, ResultDocument? result = null)
    {
        var progress = Percent(job);
        return new Message(true, job.JobId.ToString(), new MessageStatus(progress, Type(job), Text(job, progress)))
        {
            Content = job.IsFinal && result is not null ? Encoding.UTF8.GetString(result.Body.Span) : null,
            Error = Error(job),
        };
    }

    /// <summary>What is translated so far.</summary>
    /// <param name="job">The job's state.</param>
    /// <param name="pieces">The latest piece of each batch.</param>
    /// <param name="now">The server's clock.</param>
    /// <param name="kept">How long after the last of them they are shown.</param>
    public static MessagePartials Partials(JobSnapshot job, IReadOnlyList<PartialEvent> pieces, DateTimeOffset now, TimeSpan kept)
    {
        var updated = pieces.Count > 0 ? pieces.Max(p => p.At) : job.CreatedAt;
        var expired = pieces.Count > 0 && now - updated > kept;
        var done = pieces.Where(p => p.Ok).ToList();
        var total = Total(job);
        return new MessagePartials
        {
            Success = !expired,
            MessageId = job.JobId.ToString(),
            PartialResults = ByNumber(expired ? [] : done, p => p.Text ?? ""),
            FailedBatches = ByNumber(expired ? [] : pieces.Where(p => !p.Ok), p => p.Error ?? "It failed."),
            CompletedBatches = done.Count,
            TotalBatches = total,
            CompletionPercentage = total > 0 ? Math.Min(100, done.Count * 100 / total) : 0,
            Status = expired ? "expired" : job.IsFinal ? Type(job) : "in_progress",
            LastUpdated = updated.ToUnixTimeMilliseconds() / 1000.0,
            Error = expired ? Expired(kept) : Error(job),
        };
    }

    // Only what is all translated is at 100, however near an unfinished one is.
    private static int Percent(JobSnapshot job) => job.State == JobState.Succeeded
        ? 100
        : (int)Math.Clamp(Math.Round(job.Fraction * 100, MidpointRounding.AwayFromZero), 0, 99);

    private static string Type(JobSnapshot job) => job.State switch
    {
        JobState.Queued => "queued",
        JobState.Succeeded => "completed",
        JobState.Failed => "failed",
        JobState.Canceled => "canceled",
        _ => "started",
    };

    private static string Text(JobSnapshot job, int percent) => string.Create(CultureInfo.InvariantCulture, $"{Words(job)} ({percent}%)");

    private static string Words(JobSnapshot job) => job.State switch
    {
        JobState.Queued when job.Attempt == 0 => "Waiting for a free place",
        JobState.Queued => $"Trying again: {Sentence(job.Message ?? "the last attempt broke off")}",
        JobState.Succeeded => string.Create(CultureInfo.InvariantCulture, $"Translation completed: {Total(job)} of {Total(job)} batches"),
        JobState.Failed => $"Translation failed: {Sentence(job.Error?.Message ?? "it is not known why")}",
        JobState.Canceled => "Translation canceled",
        JobState.Canceling => "Stopping",
        _ => job.Message ?? "Started",
    };

    // What follows it in brackets belongs to it.
    private static string Sentence(string text) => text.TrimEnd('.', ' ');

    private static int Total(JobSnapshot job) => job.Partials.Total ?? (job.Unit == "batches" ? (int)(job.Total ?? 0) : 0);

    private static MessageError? Error(JobSnapshot job) =>
        job.Error is { } error ? new MessageError(error.Code, error.Message) : null;

    private static MessageError Expired(TimeSpan kept) => new(
        "partials_expired",
        string.Create(CultureInfo.InvariantCulture, $"Partial results are kept for {kept.TotalHours:0.##} hours after the last of them; these have expired."));

    private static SortedDictionary<int, string> ByNumber(IEnumerable<PartialEvent> pieces, Func<PartialEvent, string> text) =>
        new(pieces.ToDictionary(p => p.Index, text));
}
