using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Streaming;

/// <summary>
/// What the hub's connections watch. While a connection watches a job it is a member of the group <c>job:{id}</c>, to which
/// the job's events go, and whatever a host sends there (<see cref="JobGroups"/>).
/// </summary>
internal sealed class HubWatches(
    HubConnections connections, JobGroups groups, IHubContext<JobHub> hub, StreamClock clock, ILogger<HubWatches> logger)
{
    private readonly ConcurrentDictionary<(string Connection, JobId Job), HubWatch> _byJob = new();
    private readonly ConcurrentDictionary<string, HubWatch> _mine = new();
    private readonly SharedBatches _batches = new();

    /// <summary>Whether a connection watches a job by itself.</summary>
    public bool Watches(string connectionId, JobId id) => _byJob.ContainsKey((connectionId, id));

    /// <summary>
    /// Makes a connection a member and prepares to send it the events of a job from the watch's cursor on. No watching of
    /// this job by this connection may be under way: <see cref="EndAsync"/> it before.
    /// </summary>
    /// <returns>What sends, once it is told to begin. It has taken the watch over.</returns>
    public async Task<HubWatch> AddAsync(HubCallerContext context, AdmittedWatch admitted)
    {
        var (connectionId, id) = (context.ConnectionId, admitted.Watch.Snapshot.JobId);
        var group = JobGroups.NameOf(id);
        await hub.Groups.AddToGroupAsync(connectionId, group, context.ConnectionAborted);
        var watch = new HubWatch(MemberOf(context), new JobHubSource(admitted, _batches), clock, logger, async over =>
        {
            groups.Remove(group, over);
            if (!context.ConnectionAborted.IsCancellationRequested)
                await hub.Groups.RemoveFromGroupAsync(connectionId, group);
            _byJob.TryRemove(KeyValuePair.Create((connectionId, id), over));
        });
        groups.Add(group, watch);
        Keep(_byJob, (connectionId, id), watch);
        if (watch.Completion.IsCompleted)
            groups.Remove(group, watch);
        return watch;
    }

    /// <summary>Prepares to send a connection the events of all of an owner's jobs; ends an earlier such watch first.</summary>
    public HubWatch AddMine(HubCallerContext context, OwnerHubSource source)
    {
        var connectionId = context.ConnectionId;
        var watch = new HubWatch(MemberOf(context), source, clock, logger, over =>
        {
            _mine.TryRemove(KeyValuePair.Create(connectionId, over));
            return Task.CompletedTask;
        });
        Keep(_mine, connectionId, watch);
        return watch;
    }

    /// <summary>Ends a watching; once it is over its place is free.</summary>
    public Task EndAsync(string connectionId, JobId id) =>
        _byJob.TryGetValue((connectionId, id), out var watch) ? watch.EndAsync() : Task.CompletedTask;

    /// <summary>The same for all of an owner's jobs.</summary>
    public Task EndMineAsync(string connectionId) =>
        _mine.TryGetValue(connectionId, out var watch) ? watch.EndAsync() : Task.CompletedTask;

    // A watch may be over before it is kept: its connection has gone meanwhile.
    private static void Keep<TKey>(ConcurrentDictionary<TKey, HubWatch> watches, TKey key, HubWatch watch)
        where TKey : notnull
    {
        watches[key] = watch;
        if (watch.Completion.IsCompleted)
            watches.TryRemove(KeyValuePair.Create(key, watch));
    }

    private HubMember MemberOf(HubCallerContext context) => new(
        context, connections.Find(context.ConnectionId), hub.Clients.Client(context.ConnectionId));
}
