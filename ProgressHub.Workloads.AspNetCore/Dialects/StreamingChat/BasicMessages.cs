using ProgressHub.AspNetCore.Dialects;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.AspNetCore.Dialects.StreamingChat;

/// <summary>The plain messages of the older set: a message a stage.</summary>
internal static class BasicMessages
{
    public static IEnumerable<DialectMessage> Tell(ChatTask task, JobMoment moment) => moment.Event switch
    {
        QueuedEvent { Seq: 1 } => [Status("status", "queued", 0)],
        StageEvent { Stage: not ChatStages.Completed } e => [Status("progress", e.Stage, ChatStages.Plain(e.Stage))],
        DoneEvent { State: JobState.Succeeded } e => [ChatJson.Message(
            new BasicComplete(NativeAnswer.Read(moment.Result).ToResult(e.Summary.TotalMs)), ChatJson.Readable.BasicComplete)],
        DoneEvent e => [Error(EnhancedMessages.Reason(task, e))],
        _ => [],
    };

    /// <summary>Named, so that handlers that know only the plain ones do not hear it.</summary>
    public static DialectMessage Silence(StreamMoment moment) => ChatJson.Message(
        new BasicPing(Math.Round(moment.Open.TotalSeconds, 1)), ChatJson.Readable.BasicPing, "ping");

    private static DialectMessage Status(string type, string status, int progress) =>
        ChatJson.Message(new BasicStatus(type, status, progress), ChatJson.Readable.BasicStatus);

    private static DialectMessage Error(JobError reason) =>
        ChatJson.Message(new BasicError(reason.Message, reason.Code), ChatJson.Readable.BasicError);
}
