using ProgressHub.AspNetCore.Jobs;
using ProgressHub.AspNetCore.Security;
using ProgressHub.Core.Events;

namespace ProgressHub.AspNetCore.DurableStreams;

/// <summary>Reads a stream in answers: what there is, or what comes within a while.</summary>
internal sealed class StreamReader(LongPoll poll, TimeProvider time)
{
    private const int EventsPerRead = 100;

    /// <summary>What there is after a place; null where the job has gone.</summary>
    /// <param name="call">Whose job.</param>
    /// <param name="content">What the stream is made of.</param>
    /// <param name="state">The job; no event after it is read.</param>
    /// <param name="start">The <c>seq</c> before the place.</param>
    public static async Task<StreamPage?> ReadAsync(JobCall call, StreamContent content, JobSnapshot state, long start)
    {
        var page = new StreamPage(content, start);
        while (page.HasRoom && page.Next < state.Seq)
        {
            var limit = (int)Math.Min(EventsPerRead, state.Seq - page.Next);
            var frames = await call.Jobs.ReadEventsAsync(call.Id, call.Owner, page.Next, limit, call.Aborted);
            if (frames is not { Count: > 0 })
                return null;
            for (var i = 0; i < frames.Count && page.HasRoom; i++)
                page.Add(frames[i]);
        }

        page.Compare(state);
        return page;
    }

    /// <summary>
    /// The same, held back while there is nothing, until the stream is closed, the time is up or the server stops; null
    /// where the job has gone meanwhile.
    /// </summary>
    /// <param name="call">Whose job.</param>
    /// <param name="content">What the stream is made of.</param>
    /// <param name="state">The job as it is now.</param>
    /// <param name="start">The <c>seq</c> before the place.</param>
    /// <param name="patience">How long.</param>
    public async Task<StreamPage?> WaitAsync(
        JobCall call, StreamContent content, JobSnapshot state, long start, TimeSpan patience)
    {
        var begun = time.GetTimestamp();
        var page = await ReadAsync(call, content, state, start);
        while (page is { IsEmpty: true, IsClosed: false })
        {
            if (page.IsUpToDate)
            {
                var left = patience - time.GetElapsedTime(begun);
                var news = left > TimeSpan.Zero ? await poll.ForNewsAsync(call, state, page.Next, left) : state;
                if (news is null)
                    return null;
                if (news.Seq <= page.Next && !news.IsFinal)
                    return page;
                state = news;
            }

            // Events that are not in this stream move its end on, and are no reason to answer.
            page = await ReadAsync(call, content, state, page.Next);
        }

        return page;
    }
}
