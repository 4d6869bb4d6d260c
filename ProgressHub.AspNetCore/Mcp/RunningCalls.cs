using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>
/// The calls of sessions that wait for their job. <c>notifications/cancelled</c> is the explicit end of one and cancels its
/// job; that its connection broke is not, and the job goes on.
/// </summary>
internal sealed class RunningCalls(JobService jobs)
{
    private readonly ConcurrentDictionary<(string Session, RequestId Request), RunningCall> _calls = new();

    /// <summary>A call begins; dispose it when it is answered.</summary>
    /// <param name="session">Its session; null where the client has none, and so can't cancel by a notification.</param>
    /// <param name="request">Its number.</param>
    /// <param name="owner">Who calls.</param>
    public RunningCall Begin(string? session, RequestId request, string owner)
    {
        if (session is null)
            return new RunningCall(jobs, owner, static () => { });
        var call = new RunningCall(jobs, owner, () => _calls.TryRemove((session, request), out _));
        _calls[(session, request)] = call;
        return call;
    }

    /// <summary>Hears of it before the protocol's own server ends the call, which does not say why it ended.</summary>
    public McpMessageHandler Hear(McpMessageHandler next) => async (context, cancellationToken) =>
    {
        if (context.JsonRpcMessage is JsonRpcNotification { Method: NotificationMethods.CancelledNotification, Params: JsonObject cancelled }
            && context.Server.SessionId is { } session && Read(cancelled["requestId"]) is { } request)
            await CancelAsync(session, request);
        await next(context, cancellationToken);
    };

    private static RequestId? Read(JsonNode? id) => id?.GetValueKind() switch
    {
        JsonValueKind.String => new RequestId(id.GetValue<string>()),
        JsonValueKind.Number when id.AsValue().TryGetValue(out long number) => new RequestId(number),
        _ => null,
    };

    private Task CancelAsync(string session, RequestId request) =>
        _calls.TryGetValue((session, request), out var call) ? call.CancelAsync() : Task.CompletedTask;
}

/// <summary>One call, which may be cancelled before it has a job.</summary>
internal sealed class RunningCall(JobService jobs, string owner, Action end) : IDisposable
{
    private readonly Lock _gate = new();
    private JobId? _job;
    private bool _cancelled;

    /// <summary>The call has its job now.</summary>
    public Task IsAboutAsync(JobId job)
    {
        bool cancelled;
        lock (_gate)
            (_job, cancelled) = (job, _cancelled);
        return cancelled ? CancelAsync(job) : Task.CompletedTask;
    }

    /// <summary>The client wants it no more.</summary>
    public Task CancelAsync()
    {
        JobId? known;
        lock (_gate)
            (_cancelled, known) = (true, _job);
        return known is { } job ? CancelAsync(job) : Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose() => end();

    private Task<JobSnapshot?> CancelAsync(JobId job) => jobs.CancelAsync(job, owner, CancellationToken.None);
}
