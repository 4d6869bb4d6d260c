using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using ProgressHub.Core.Execution;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>
/// Answers <c>resources/subscribe</c> and <c>resources/unsubscribe</c> of sessions (2025-11-25 and before), which are told of
/// changes on their own stream, and as long as they last.
/// </summary>
internal sealed partial class SessionSubscriptions(JobService jobs, JobNews news, ILogger<SessionSubscriptions> logger)
{
    private readonly ConcurrentDictionary<string, Session> _sessions = new();

    /// <summary>Runs a session, or a request that has none, to its end.</summary>
    public async Task RunAsync(McpServer server, CancellationToken cancellationToken)
    {
        if (server.SessionId is not { } id)
        {
            await server.RunAsync(cancellationToken);
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _sessions[id] = new Session(server, ended.Token);
        try
        {
            await server.RunAsync(cancellationToken);
        }
        finally
        {
            _sessions.TryRemove(id, out _);
            await ended.CancelAsync();
        }
    }

    public async ValueTask<EmptyResult> SubscribeAsync(RequestContext<SubscribeRequestParams> context, CancellationToken cancellationToken)
    {
        var owner = McpCaller.OwnerOf(context);
        var text = context.Params.Uri;
        if (!JobUri.TryParse(text, out var uri) || await jobs.FindAsync(uri.Job, owner, cancellationToken) is not { } job)
            throw McpCaller.NoResource(context, "There is no such resource.");
        if (Of(context) is not { } session)
            throw new McpProtocolException("There is no session to tell of changes.", McpErrorCode.InvalidRequest);
        if (session.Begin(text) is { } wanted)
            _ = FollowAsync(session, text, () => news.FollowAsync(owner, job, _ => session.TellAsync(text, wanted), wanted), wanted);
        return new EmptyResult();
    }

    public ValueTask<EmptyResult> UnsubscribeAsync(RequestContext<UnsubscribeRequestParams> context, CancellationToken cancellationToken)
    {
        Of(context)?.End(context.Params.Uri, null);
        return new(new EmptyResult());
    }

    private Session? Of(MessageContext context) => context.Server.SessionId is { } id ? _sessions.GetValueOrDefault(id) : null;

    private async Task FollowAsync(Session session, string uri, Func<Task> follow, CancellationToken wanted)
    {
        try
        {
            await follow();
        }
        catch (OperationCanceledException) when (wanted.IsCancellationRequested)
        {
            // It wants to know no more, or is gone.
        }
        catch (Exception failure)
        {
            LogBroken(failure);
        }
        finally
        {
            session.End(uri, wanted);
        }
    }

    [LoggerMessage(LogLevel.Information, "A session is no longer told of changes of a resource.")]
    private partial void LogBroken(Exception failure);

    /// <summary>One session and what it is told of.</summary>
    private sealed class Session(McpServer server, CancellationToken ended)
    {
        private readonly Dictionary<string, CancellationTokenSource> _followed = [];

        /// <summary>One more; null where it is followed already.</summary>
        public CancellationToken? Begin(string uri)
        {
            lock (_followed)
            {
                if (_followed.ContainsKey(uri))
                    return null;
                if (_followed.Count == Subscriptions.Most)
                    throw new McpProtocolException($"A session is told of at most {Subscriptions.Most} resources.", McpErrorCode.InvalidRequest);
                var wanted = CancellationTokenSource.CreateLinkedTokenSource(ended);
                _followed[uri] = wanted;
                return wanted.Token;
            }
        }

        /// <summary>No more of it; of what began anew meanwhile nothing changes.</summary>
        public void End(string uri, CancellationToken? which)
        {
            CancellationTokenSource? wanted;
            lock (_followed)
            {
                if (!_followed.TryGetValue(uri, out wanted) || (which is { } token && wanted.Token != token))
                    return;
                _followed.Remove(uri);
            }

            wanted.Cancel();
            wanted.Dispose();
        }

        public Task TellAsync(string uri, CancellationToken wanted) => server.SendMessageAsync(
            new JsonRpcNotification { Method = NotificationMethods.ResourceUpdatedNotification, Params = new JsonObject { ["uri"] = uri } }, wanted);
    }
}
