using System.Globalization;
using System.Text;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>A job's log as text, a line an event that a reader wants to know of; progress and pieces that went well are not.</summary>
internal static class JobLogText
{
    private const int Page = 200;

    /// <summary>
    /// The log after a <c>seq</c>. Where it is cut, and where the job has not ended, a last line says where it goes on; null
    /// where the owner has no such job.
    /// </summary>
    /// <param name="jobs">The engine.</param>
    /// <param name="uri">The job; its position is the cursor.</param>
    /// <param name="owner">Who asks.</param>
    /// <param name="limit">The most characters; the line that passes it is the last.</param>
    /// <param name="cancellationToken">Whoever asks has gone.</param>
    public static async Task<string?> ReadAsync(
        JobService jobs, JobUri uri, string owner, int limit, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var (cursor, ended) = (uri.Position, false);
        while (text.Length < limit)
        {
            if (await jobs.ReadEventsAsync(uri.Job, owner, cursor, Page, cancellationToken) is not { } page)
                return null;
            foreach (var frame in page.TakeWhile(_ => text.Length < limit))
            {
                Append(text, frame.Decode(), limit);
                (cursor, ended) = (frame.Seq, frame.IsDone);
            }

            if (page.Count < Page)
                break;
        }

        if (ended)
            return text.ToString();
        var state = await jobs.FindAsync(uri.Job, owner, cancellationToken);
        return (state?.IsFinal == true && state.Seq <= cursor)
            ? text.ToString()
            : text.Append(CultureInfo.InvariantCulture, $"[{Why(state, cursor)} Read on at {uri with { Position = cursor }}]\n").ToString();
    }

    private static string Why(JobSnapshot? state, long cursor) =>
        state is null || state.Seq > cursor ? "There is more." : $"The job is {state.State.Name()}; there is no more yet.";

    private static void Append(StringBuilder text, JobEvent told, int limit)
    {
        if (Words(told) is not { } words)
            return;
        if (words.Length > limit)
            words = $"{words[..limit]} [Cut after {limit:0} of {words.Length:0} characters of this line.]";
        text.Append(CultureInfo.InvariantCulture, $"{told.At.UtcDateTime:HH:mm:ss.fff} {words}\n");
    }

    private static string? Words(JobEvent told) => told switch
    {
        LogEvent log when log.Step is { } step => $"{Level(log)} {Step(step, log.TotalSteps)}{log.Message}",
        LogEvent log => $"{Level(log)} {log.Message}",
        StartedEvent started => $"attempt {started.Attempt} began{(started.Engine is { } engine ? $" with {engine}" : "")}",
        StageEvent stage => $"stage {stage.Index}/{stage.Count} {stage.Label}",
        PartialEvent { Ok: false } part => $"error part {part.Index} failed: {part.Error}",
        InputRequiredEvent asked => $"question {asked.RequestId}: {asked.Question}",
        InputReceivedEvent answered => $"answer {answered.RequestId}: {answered.Answer ?? "none in time"}",
        RetryingEvent retrying => $"warning another attempt in {retrying.DelayMs} ms: {retrying.Reason}",
        CancelingEvent => "warning asked to stop",
        TagsEvent tagged => $"tags {string.Join(", ", tagged.Tags)}",
        DoneEvent { Error: { } error } done => $"{done.State.Name()} after {done.Summary.TotalMs} ms: {error.Message} ({error.Code})",
        DoneEvent done => $"{done.State.Name()} after {done.Summary.TotalMs} ms",
        _ => null,
    };

    private static string Level(LogEvent log) => log.Level.ToString().ToLowerInvariant();

    private static string Step(int step, int? total) => total is { } of
        ? string.Create(CultureInfo.InvariantCulture, $"[{step}/{of}] ")
        : string.Create(CultureInfo.InvariantCulture, $"[{step}] ");
}
