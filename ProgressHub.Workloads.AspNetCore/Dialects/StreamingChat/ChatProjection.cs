using ProgressHub.AspNetCore.Dialects;
using ProgressHub.Core.Events;

namespace ProgressHub.Workloads.AspNetCore.Dialects.StreamingChat;

/// <summary>How this dialect tells of a job: each family of messages is a pure function of its events.</summary>
internal sealed class ChatProjection(ChatTask task, ChatEvents events) : IProjection
{
    public IEnumerable<DialectMessage> Tell(JobMoment moment) => events switch
    {
        ChatEvents.Basic => BasicMessages.Tell(task, moment),
        ChatEvents.Enhanced => [.. EnhancedMessages.Tell(task, moment), .. EnhancedMessages.End(task, moment)],
        ChatEvents.Streaming => [.. StreamingMessages.Tell(task, moment), .. EnhancedMessages.End(task, moment)],
        _ => [.. Steps(moment), .. StreamingMessages.Tell(task, moment), .. EnhancedMessages.End(task, moment)],
    };

    public DialectMessage Silence(StreamMoment moment) => events == ChatEvents.Basic
        ? BasicMessages.Silence(moment)
        : EnhancedMessages.Silence(moment);

    // With both families on one stream a beat of the pulse is told by one of them, so that it comes to whoever measures the
    // time between messages as one message; by both where it says something new.
    private IEnumerable<DialectMessage> Steps(JobMoment moment) =>
        moment.Event is ProgressEvent update && IsPulse(update) && update.Message == moment.Before.Message
            ? []
            : EnhancedMessages.Tell(task, moment);

    /// <summary>
    /// Whether an update only repeats what is known: the first beat of a pulse, at no time at all, and what is said of a
    /// stage as it begins.
    /// </summary>
    public static bool IsNews(ProgressEvent update) =>
        update.Fraction is not null && !(IsPulse(update) && update.Current == 0);

    /// <summary>Whether an update comes of the clock while an operation says nothing.</summary>
    public static bool IsPulse(ProgressEvent update) => update is { Estimated: true, Unit: "seconds" };
}
