using System.Runtime.CompilerServices;
using ProgressHub.AspNetCore.Problems;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Workloads.Analysis.Sessions;

namespace ProgressHub.Workloads.AspNetCore.Dialects.SessionLog;

/// <summary>What happened in a session so far, read from the logs of its jobs.</summary>
internal sealed class SessionHistory(JobService jobs, AnalysisSessions sessions, ChosenSessions chosen)
{
    private const int PageSize = 200;
    private const int MostJobs = 2000;

    /// <summary>The session of that name, or what is known of one that is not there yet.</summary>
    /// <exception cref="RefusedException"><c>invalid_session_id</c>.</exception>
    public async Task<SessionScope> FindAsync(string owner, string name, CancellationToken cancellationToken)
    {
        RequireValid(name);
        var id = await chosen.IdOfAsync(owner, name, cancellationToken);
        return new SessionScope(
            owner, name, AnalysisSession.TagOf(id), await sessions.FindAsync(owner, id, cancellationToken));
    }

    /// <summary>Refuses what no session can be called.</summary>
    /// <exception cref="RefusedException"><c>invalid_session_id</c>.</exception>
    public static void RequireValid(string name)
    {
        if (!ChosenSessions.IsValid(name))
        {
            throw new RefusedException(
                StatusCodes.Status400BadRequest, "invalid_session_id",
                $"A session's id has 1 to {ChosenSessions.MaxId} visible characters, without slashes.", "session_id");
        }
    }

    /// <summary>The newest jobs of a session, newest first.</summary>
    public async Task<IReadOnlyList<JobSnapshot>> ListAsync(SessionScope scope, int most, CancellationToken cancellationToken)
    {
        List<JobSnapshot> found = [];
        if (scope.Session is not { } session)
            return found;
        long? before = null;
        do
        {
            var page = await jobs.ListAsync(
                new JobQuery { Owner = scope.Owner, Kind = SessionScope.Kind, Tag = scope.Tag, Before = before, Limit = Math.Min(PageSize, most - found.Count) },
                cancellationToken);

            // A session that was deleted and made again has left its jobs behind.
            found.AddRange(page.Items.Where(job => job.CreatedAt >= session.CreatedAt));
            before = page.Items.Count == 0 || page.Items[^1].CreatedAt < session.CreatedAt ? null : page.Next;
        }
        while (before is not null && found.Count < most);
        return found;
    }

    /// <summary>The jobs of a session that show something, oldest first: the latest alone, or all.</summary>
    public async Task<IReadOnlyList<JobSnapshot>> ShownAsync(SessionScope scope, bool all, CancellationToken cancellationToken) =>
        [.. (await ListAsync(scope, all ? MostJobs : 1, cancellationToken)).Where(job => scope.ShownAfter(job) < job.Seq).Reverse()];

    /// <summary>The job of that id, where it is of this session.</summary>
    public async Task<JobSnapshot?> FindJobAsync(SessionScope scope, JobId id, CancellationToken cancellationToken) =>
        await jobs.FindAsync(id, scope.Owner, cancellationToken) is { } job && scope.Has(job) ? job : null;

    /// <summary>A job's log after an event, as far as it goes now; nothing where the job is gone.</summary>
    public async IAsyncEnumerable<EventFrame> ReadAsync(
        SessionScope scope, JobId job, long after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await jobs.ReadEventsAsync(job, scope.Owner, after, PageSize, cancellationToken) is { Count: > 0 } page)
        {
            foreach (var frame in page)
                yield return frame;
            after = page[^1].Seq;
            if (page.Count < PageSize)
                yield break;
        }
    }

    /// <summary>The lines of these jobs, in order, after a place in one of them.</summary>
    public async IAsyncEnumerable<SessionEvent> LinesAsync(
        SessionScope scope, IEnumerable<JobSnapshot> shown, (JobId Job, long Seq)? after,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var job in after is null ? shown : shown.SkipWhile(j => j.JobId != after.Value.Job))
        {
            var from = Math.Max(scope.ShownAfter(job), after is { } place && place.Job == job.JobId ? place.Seq : 0);
            await foreach (var frame in ReadAsync(scope, job.JobId, from, cancellationToken))
            {
                if (SessionLogProjection.MayTell(frame.Type) && SessionLogProjection.Of(frame.Decode()) is { } line)
                    yield return line;
            }
        }
    }

    /// <summary>Clears what is shown of the session up to now; its jobs keep all of it.</summary>
    public async Task ClearAsync(SessionScope scope, CancellationToken cancellationToken)
    {
        if (scope.Session is { } session && await ListAsync(scope, 1, cancellationToken) is [var latest])
        {
            await chosen.ClearAsync(
                scope.Owner, session.Id, new ClearedLog(latest.JobId.ToString(), latest.Seq, latest.CreatedAt), cancellationToken);
        }
    }
}
