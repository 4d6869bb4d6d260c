using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Watching;

/// <summary>Reads what a job has said so far from the store, from the end backwards, a bounded piece at a time.</summary>
internal sealed class JobHistory(JobService jobs, JobId id, string owner)
{
    private const int PageSize = 500;

    // Of a log that is nearly all progress, a click looks through no more than this many events.
    private const int MaxPages = 40;

    // Where the search for log lines has come to, and the first line it found there.
    private long _searchedTo;
    private long? _firstFound;

    /// <summary>Fills a view with what came up to its snapshot.</summary>
    public async Task FillAsync(JobView view, CancellationToken cancellationToken)
    {
        await FillLogAsync(view, cancellationToken);
        await FillPartialsAsync(view, cancellationToken);
    }

    /// <summary>The same without its pieces.</summary>
    public async Task FillLogAsync(JobView view, CancellationToken cancellationToken)
    {
        var (lines, events, earlier) = await ReadLogAsync(view.Snapshot.Seq + 1, JobView.LogLines, cancellationToken);
        view.Log.Reset(lines, earlier);
        view.Events.Reset(events, earlier || events.Count > JobView.RawEvents);
    }

    /// <summary>Puts earlier log lines in front of those shown.</summary>
    public async Task ShowEarlierLogAsync(JobView view, CancellationToken cancellationToken)
    {
        var first = view.Log.Items is [var line, ..] ? line.Seq : _firstFound;
        var (lines, _, earlier) = await ReadLogAsync(
            first == _firstFound ? _searchedTo : first!.Value, JobView.LogLines, cancellationToken);
        view.Log.Prepend(lines, earlier);
    }

    /// <summary>Puts earlier pieces in front of those shown.</summary>
    public async Task ShowEarlierPartialsAsync(JobView view, CancellationToken cancellationToken)
    {
        var first = view.Partials.Items is [var piece, ..] ? piece.Index : 0;
        var window = new TailWindow<PartialEvent>(JobView.Pieces, static e => e.Index);
        await ReadPartialsAsync(window, first, cancellationToken);
        view.Partials.Prepend(window.Items, window.HasEarlier);
    }

    private async Task FillPartialsAsync(JobView view, CancellationToken cancellationToken)
    {
        var window = new TailWindow<PartialEvent>(JobView.Pieces, static e => e.Index);
        await ReadPartialsAsync(window, int.MaxValue, cancellationToken);
        view.Partials.Reset(window.Items, window.HasEarlier);
    }

    // Indexes may have gaps, so it is read from the front; only the end of it is kept.
    private async Task ReadPartialsAsync(
        TailWindow<PartialEvent> target, int before, CancellationToken cancellationToken)
    {
        for (var after = -1; ;)
        {
            var page = await jobs.ReadPartialsAsync(id, owner, after, PageSize, cancellationToken) ?? [];
            foreach (var frame in page)
            {
                if (frame.Item >= before)
                    return;
                target.Add((PartialEvent)frame.Decode());
            }

            if (page.Count < PageSize)
                return;
            after = page[^1].Item!.Value;
        }
    }

    // A job's events are numbered without a gap, so a page backwards is one that starts a page's length before.
    private async Task<(List<LogEvent> Lines, List<JobEvent> Events, bool Earlier)> ReadLogAsync(
        long before, int wanted, CancellationToken cancellationToken)
    {
        var lines = new List<LogEvent>();
        List<JobEvent>? events = null;
        for (var pages = 0; before > 1 && lines.Count < wanted && pages < MaxPages; pages++)
        {
            var after = Math.Max(0, before - 1 - PageSize);
            var page = await jobs.ReadEventsAsync(id, owner, after, (int)(before - 1 - after), cancellationToken) ?? [];
            lines.InsertRange(0, page.Where(f => f.Type == "log").Select(f => (LogEvent)f.Decode()));
            events ??= [.. page.TakeLast(JobView.RawEvents).Select(f => f.Decode())];
            before = after + 1;
        }

        var surplus = Math.Max(0, lines.Count - wanted);
        lines.RemoveRange(0, surplus);
        _firstFound = lines is [var first, ..] ? first.Seq : _firstFound;
        _searchedTo = surplus > 0 ? lines[0].Seq : before;
        return (lines, events ?? [], before > 1 || surplus > 0);
    }
}
