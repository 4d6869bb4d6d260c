using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.AspNetCore.Dialects.StreamingChat;

/// <summary>The answer to a question that was accepted.</summary>
internal sealed record ChatAccepted(string TaskId, string SseUrl, string EnhancedSseUrl, string Status, bool StreamingEnabled);

/// <summary>Where a task stands.</summary>
/// <param name="TaskId">The job's id.</param>
/// <param name="CurrentStatus">Its stage; <c>queued</c> before the first, <c>completed</c>, <c>failed</c> or <c>canceled</c> after the last.</param>
/// <param name="CurrentProgress">0 to 100.</param>
/// <param name="StatusMessage">What is being done.</param>
/// <param name="TrackerActive">Whether anything is still to come.</param>
/// <param name="TrackerInfo">More of it.</param>
/// <param name="Error">Why there is no answer; missing where that is not so.</param>
internal sealed record ChatProgress(
    string TaskId, string CurrentStatus, int CurrentProgress, string StatusMessage, bool TrackerActive, ChatTracker TrackerInfo, string? Error)
{
    /// <summary>The progress of a task as of its present state.</summary>
    /// <param name="task">The task.</param>
    /// <param name="job">Its job, its times up to now.</param>
    /// <param name="watchers">How many watch it.</param>
    public static ChatProgress Of(ChatTask task, JobSnapshot job, int watchers)
    {
        var status = Status(job);
        return new ChatProgress(
            job.JobId.ToString(), status, ChatStages.Percent(job), Message(task, job), !job.IsFinal,
            new ChatTracker(job.Stage ?? status, Math.Round(job.ElapsedMs / 1000.0, 2), watchers), job.Error?.Message);
    }

    private static string Status(JobSnapshot job) => job.State switch
    {
        JobState.Queued => "queued",
        JobState.Succeeded => ChatStages.Completed,
        JobState.Failed => "failed",
        JobState.Canceled => "canceled",
        _ => job.Stage ?? "processing",
    };

    private static string Message(ChatTask task, JobSnapshot job) => job.State switch
    {
        JobState.Queued => job.Message ?? task.Words.Queued,
        JobState.Canceling => task.Words.Canceling,
        JobState.Canceled => task.Words.Canceled,
        JobState.Failed => job.Error?.Message ?? job.Message ?? "",

        // Of a stage that has just begun only its English label is known.
        _ when job.Message is { } said && !job.Stages.Any(s => s.Label == said) => said,
        _ => job.Stage is { } stage && task.Words.Operations.TryGetValue(stage, out var name) ? task.Words.Begins(name, null) : task.Words.Queued,
    };
}

/// <summary>What is known of a task that is under way.</summary>
/// <param name="CurrentStage">Its stage.</param>
/// <param name="ElapsedTimeSeconds">Seconds since it began.</param>
/// <param name="SubscribersCount">How many watch it, over whatever transport.</param>
internal sealed record ChatTracker(string CurrentStage, double ElapsedTimeSeconds, int SubscribersCount);
