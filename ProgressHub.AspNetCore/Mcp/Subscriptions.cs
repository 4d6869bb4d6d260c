using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;

namespace ProgressHub.AspNetCore.Mcp;

/// <summary>
/// Answers <c>subscriptions/listen</c> (2026-07-28): a stream of notifications of tasks and resources, for as long as its
/// client keeps it open.
/// </summary>
internal sealed class Subscriptions(JobService jobs, JobNews news, IHostApplicationLifetime server)
{
    /// <summary>How many tasks and resources one stream, or one session, is told of at most.</summary>
    public const int Most = 100;

    private const string TaskIds = "taskIds";
    private const string Uris = "resourceSubscriptions";

    public async ValueTask<EmptyResult> ListenAsync(
        RequestContext<SubscriptionsListenRequestParams> context, CancellationToken cancellationToken)
    {
        var wanted = (context.JsonRpcRequest.Params as JsonObject)?["notifications"] as JsonObject ?? [];
        if (wanted.ContainsKey(TaskIds))
            McpCaller.RequireTasks(context);
        var owner = McpCaller.OwnerOf(context);
        var ofTasks = await FindAsync(owner, Texts(wanted, TaskIds), TaskIn, cancellationToken);
        var ofUris = await FindAsync(owner, Texts(wanted, Uris).Take(Most - ofTasks.Count), JobIn, cancellationToken);
        var subscription = new Subscription(context, cancellationToken);
        await subscription.AcknowledgeAsync(wanted, Names(ofTasks), Names(ofUris));

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, server.ApplicationStopping);
        await Task.WhenAll(
        [
            .. ofTasks.Select(followed => FollowTaskAsync(subscription, owner, followed.Job, ended.Token)),
            .. ofUris.Select(followed => news.FollowAsync(
                owner, followed.Job, _ => subscription.SendAsync(
                    NotificationMethods.ResourceUpdatedNotification, new JsonObject { ["uri"] = followed.Name }), ended.Token)),
            UntilAsync(ended.Token),
        ]);
        return new EmptyResult { Meta = subscription.Meta };
    }

    private async Task FollowTaskAsync(Subscription subscription, string owner, JobSnapshot job, CancellationToken cancellationToken)
    {
        await TellAsync(job);
        await news.FollowAsync(owner, job, TellAsync, cancellationToken);

        async Task TellAsync(JobSnapshot state) => await subscription.SendAsync(
            JobNews.TaskChanged, await news.OfTaskAsync(state, owner, cancellationToken));
    }

    // Were a stream whose jobs have all ended closed, its client would open it anew, and at once be told to go again.
    private static async Task UntilAsync(CancellationToken cancellationToken)
    {
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var _ = cancellationToken.UnsafeRegister(static end => ((TaskCompletionSource)end!).TrySetResult(), end);
        await end.Task;
    }

    private async Task<List<(string Name, JobSnapshot Job)>> FindAsync(
        string owner, IEnumerable<string> names, Func<string, JobId?> read, CancellationToken cancellationToken)
    {
        var found = new List<(string, JobSnapshot)>();
        foreach (var name in names.Distinct(StringComparer.Ordinal).Take(Most))
        {
            if (read(name) is { } id && await jobs.FindAsync(id, owner, cancellationToken) is { } job)
                found.Add((name, job));
        }

        return found;
    }

    private static JobId? TaskIn(string text) => JobId.TryParse(text, null, out var id) ? id : null;

    private static JobId? JobIn(string text) => JobUri.TryParse(text, out var uri) ? uri.Job : null;

    private static IEnumerable<string> Texts(JsonObject wanted, string name) =>
        (wanted[name] as JsonArray ?? []).Where(item => item?.GetValueKind() == JsonValueKind.String).Select(item => item!.GetValue<string>());

    private static JsonArray Names(IEnumerable<(string Name, JobSnapshot Job)> found) => [.. found.Select(f => JsonValue.Create(f.Name))];

    /// <summary>One stream; all that it says names it.</summary>
    [SuppressMessage("Design", "CA1001", Justification = "The semaphore is only ever awaited; it holds no handle.")]
    private sealed class Subscription(RequestContext<SubscriptionsListenRequestParams> context, CancellationToken cancellationToken)
    {
        private readonly SemaphoreSlim _one = new(1, 1);

        public JsonObject Meta => new()
        {
            [MetaKeys.SubscriptionId] = JsonSerializer.SerializeToNode(context.JsonRpcRequest.Id, McpJsonUtilities.DefaultOptions),
        };

        public Task AcknowledgeAsync(JsonObject wanted, JsonArray tasks, JsonArray uris)
        {
            var honoured = new JsonObject();
            if (wanted.ContainsKey(TaskIds))
                honoured[TaskIds] = tasks;
            if (wanted.ContainsKey(Uris))
                honoured[Uris] = uris;
            return SendAsync(NotificationMethods.SubscriptionsAcknowledgedNotification, new JsonObject { ["notifications"] = honoured });
        }

        public async Task SendAsync(string method, JsonObject parameters)
        {
            parameters["_meta"] = Meta;
            await _one.WaitAsync(cancellationToken);
            try
            {
                await context.Server.SendMessageAsync(new JsonRpcNotification { Method = method, Params = parameters }, cancellationToken);
            }
            finally
            {
                _one.Release();
            }
        }
    }
}
