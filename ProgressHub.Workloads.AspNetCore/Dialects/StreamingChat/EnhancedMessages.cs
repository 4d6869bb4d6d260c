using ProgressHub.AspNetCore.Dialects;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.AspNetCore.Dialects.StreamingChat;

/// <summary>The <c>enhanced_*</c> messages.</summary>
internal static class EnhancedMessages
{
    public static IEnumerable<DialectMessage> Tell(ChatTask task, JobMoment moment) => moment.Event switch
    {
        QueuedEvent { Seq: 1 } => [Status(task, moment, "queued", null)],
        RetryingEvent e => [Status(task, moment, "queued", e.Reason)],
        CancelingEvent => [Status(task, moment, "canceling", task.Words.Canceling)],

        // The last stage is told of once the end is certain.
        ProgressEvent { Stage: not ChatStages.Completed } e when ChatProjection.IsNews(e) => [Progress(moment, moment.After.Message)],
        LogEvent { Level: JobLogLevel.Warning or JobLogLevel.Error } e when e.Message != moment.Before.Message =>
            [Progress(moment, e.Message)],
        DoneEvent { State: JobState.Succeeded } => [Progress(moment, moment.After.Message ?? task.Words.Complete)],
        _ => [],
    };

    /// <summary>The end, and nothing before it.</summary>
    public static IEnumerable<DialectMessage> End(ChatTask task, JobMoment moment) => moment.Event switch
    {
        DoneEvent { State: JobState.Succeeded } e => [Complete(moment, e)],
        DoneEvent e => [Error(task, moment, e)],
        _ => [],
    };

    public static DialectMessage Silence(StreamMoment moment) => ChatJson.Message(
        new EnhancedPing(Math.Round(moment.Open.TotalSeconds, 1), moment.Now), ChatJson.Readable.EnhancedPing);

    /// <summary>Why there is no answer.</summary>
    public static JobError Reason(ChatTask task, DoneEvent done) => done switch
    {
        { Error: { } error } => error,
        { State: JobState.Canceled } => new JobError("canceled", task.Words.Canceled),
        _ => new JobError("failed", "The task failed."),
    };

    private static DialectMessage Status(ChatTask task, JobMoment moment, string status, string? message) => ChatJson.Message(
        new EnhancedStatus(
            status, ChatStages.Percent(moment.After), task.Info, moment.Event.JobId.ToString(), message, moment.Event.At),
        ChatJson.Readable.EnhancedStatus);

    private static DialectMessage Progress(JobMoment moment, string? message) => ChatJson.Message(
        new EnhancedProgress(
            moment.After.Stage ?? "queued", ChatStages.Percent(moment.After), message ?? "", moment.Event.At),
        ChatJson.Readable.EnhancedProgress);

    private static DialectMessage Complete(JobMoment moment, DoneEvent done) => ChatJson.Message(
        new EnhancedComplete(
            NativeAnswer.Read(moment.Result).ToResult(done.Summary.TotalMs),
            new ChatSummary(done.Summary.TotalMs, [.. done.Summary.Stages.Select(s => s.Name)]),
            done.JobId.ToString(), done.At),
        ChatJson.Readable.EnhancedComplete);

    private static DialectMessage Error(ChatTask task, JobMoment moment, DoneEvent done)
    {
        var reason = Reason(task, done);
        return ChatJson.Message(
            new EnhancedError(
                reason.Message, reason.Code, moment.After.Stage, ChatStages.Percent(moment.After), done.JobId.ToString(), done.At),
            ChatJson.Readable.EnhancedError);
    }
}
