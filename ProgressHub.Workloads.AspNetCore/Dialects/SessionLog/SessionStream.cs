using System.Buffers;
using System.Globalization;
using System.Text.Json;
using ProgressHub.AspNetCore.Streaming;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;

/// <summary>
/// The log of a session, live, across its questions; it may begin before there is a session. It watches all of its owner's
/// jobs and tells of those that carry the session's tag. What it missed comes from the jobs' logs, so that a cursor of
/// another run of the server is as good as one of this. Messages have no name: <c>onmessage</c> hears events and nothing else.
/// </summary>
internal sealed class SessionStream(
    SseResponse response, SessionScope scope, SessionHistory history, OwnerFeeds feeds, FeedWatcher watcher,
    IReadOnlyDictionary<JobId, long> resume) : SseStream(response, watcher)
{
    // Beyond it a client has been away for too long to be told of every question.
    private const int MostMissed = 200;

    private readonly SessionCursor _cursor = new();
    private HashSet<JobId> _known = [];

    protected override bool IsComplete => false;

    protected override async ValueTask WriteOpeningAsync()
    {
        Write(string.Create(CultureInfo.InvariantCulture, $"retry: {(long)Clock.Options.Retry.TotalMilliseconds}\n\n"));
        await ResumeAsync();
        await WriteMissedAsync(isNew: _cursor.IsEmpty);
    }

    protected override void WriteFrame(EventFrame frame)
    {
        if (!_cursor.Has(frame.JobId))
        {
            if (frame.Type != "queued" || _known.Contains(frame.JobId) || !scope.Begins(frame.Decode()))
                return;
            _cursor.Add(frame.JobId, 0);
        }

        Tell(frame);
    }

    protected override async ValueTask<int> CatchUpAsync(Memory<EventFrame> target)
    {
        // The tail in memory has moved past this watcher; the logs have all of it.
        Watcher.Cursor = feeds.Last(scope.Owner);
        await WriteMissedAsync(isNew: false);
        return 0;
    }

    // A comment: the document's own client shows whatever reaches onmessage.
    protected override void WriteHeartbeat() => Write(": heartbeat\n\n");

    private async ValueTask ResumeAsync()
    {
        List<JobSnapshot> jobs = [];
        foreach (var id in resume.Keys)
        {
            if (await history.FindJobAsync(scope, id, Aborted) is { } job)
                jobs.Add(job);
        }

        foreach (var job in jobs.OrderBy(j => j.CreatedAt))
            _cursor.Add(job.JobId, resume[job.JobId], job.IsFinal && resume[job.JobId] >= job.Seq);
    }

    private async ValueTask WriteMissedAsync(bool isNew)
    {
        // The session may have come only after the stream.
        var present = await history.FindAsync(scope.Owner, scope.Name, Aborted);
        var newest = await history.ListAsync(present, MostMissed, Aborted);
        if (isNew && newest.Count > 0)
        {
            // Of earlier questions that are still being answered, what they say from now on.
            foreach (var job in newest.Skip(1).Where(j => !j.IsFinal).Reverse())
                _cursor.Add(job.JobId, job.Seq);
            _cursor.Add(newest[0].JobId, present.ShownAfter(newest[0]));
        }
        else
        {
            foreach (var job in newest.TakeWhile(j => !_cursor.Has(j.JobId)).Reverse().ToList())
                _cursor.Add(job.JobId, 0);
        }

        // What the feed still tells of these from their beginning is not news.
        _known = [.. newest.Select(j => j.JobId), .. _cursor.Jobs];
        foreach (var job in _cursor.Jobs)
        {
            await foreach (var frame in history.ReadAsync(scope, job, _cursor.Of(job) ?? long.MaxValue, Aborted))
            {
                Tell(frame);
                if (!await MakeRoomAsync())
                    return;
            }
        }
    }

    private void Tell(EventFrame frame)
    {
        if (!_cursor.Advance(frame.JobId, frame.Seq, frame.IsDone)
            || !SessionLogProjection.MayTell(frame.Type) || SessionLogProjection.Of(frame.Decode()) is not { } line)
            return;
        Write($"id: {_cursor.After(frame.JobId)}\ndata: ");
        Body.Write(JsonSerializer.SerializeToUtf8Bytes(line, SessionLogJson.Readable.SessionEvent));
        Body.Write("\n\n"u8);
    }
}
