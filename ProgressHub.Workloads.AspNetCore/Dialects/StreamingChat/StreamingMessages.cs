using ProgressHub.AspNetCore.Dialects;
using ProgressHub.Core.Events;

namespace ProgressHub.Workloads.AspNetCore.Dialects.StreamingChat;

/// <summary>The <c>streaming_progress</c> messages: the two long stages begin, go on, and end.</summary>
internal static class StreamingMessages
{
    public static IEnumerable<DialectMessage> Tell(ChatTask task, JobMoment moment) => moment.Event switch
    {
        StageEvent e => [.. End(task, moment), .. Begin(task, moment, e)],
        ProgressEvent { Stage: { } stage } e when ChatProjection.IsPulse(e) && ChatProjection.IsNews(e)
            && task.Words.Operations.TryGetValue(stage, out var name) => [GoOn(moment, e, name)],
        _ => [],
    };

    private static IEnumerable<DialectMessage> Begin(ChatTask task, JobMoment moment, StageEvent e)
    {
        if (!task.Words.Operations.TryGetValue(e.Stage, out var name))
            yield break;
        var expected = Seconds(e.ExpectedMs);
        yield return Message(
            moment, $"{name}_start", ChatStages.Begin(e.Stage), task.Words.Begins(name, expected), new StreamingData(0, expected, 0));
    }

    private static DialectMessage GoOn(JobMoment moment, ProgressEvent e, string name) => Message(
        moment, $"{name}_processing", ChatStages.Percent(moment.After), e.Message ?? "",
        new StreamingData(e.Current ?? 0, e.Total, Rate(e.Current ?? 0, e.Total)));

    /// <summary>A stage is over when the next one begins.</summary>
    private static IEnumerable<DialectMessage> End(ChatTask task, JobMoment moment)
    {
        if (moment.Before.Stage is not { } stage || !task.Words.Operations.TryGetValue(stage, out var name))
            yield break;
        var seconds = Seconds(moment.After.Stages.FirstOrDefault(s => s.Name == stage)?.Ms) ?? 0;
        yield return Message(
            moment, $"{name}_complete", ChatStages.End(stage), task.Words.Ends(name, seconds), new StreamingData(seconds, null, 100));
    }

    private static DialectMessage Message(JobMoment moment, string stage, int progress, string message, StreamingData data) => ChatJson.Message(
        new StreamingProgress(
            moment.Event.JobId.ToString(), stage, progress, message, data, moment.Event.At, moment.Event.ElapsedMs / 1000.0),
        ChatJson.Readable.StreamingProgress);

    /// <summary>How much of its usual time has passed, 0 to 100; what is not over is never wholly done.</summary>
    private static double Rate(double elapsed, double? expected) =>
        expected is > 0 and var whole ? Math.Min(99, Math.Round(100 * elapsed / whole, 1)) : 0;

    private static double? Seconds(long? ms) => ms / 1000.0;
}
