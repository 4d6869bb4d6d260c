using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Webhooks;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Webhooks;

/// <summary>The engine on a real database, which may send webhooks to this machine and is quick to try again.</summary>
internal sealed class HookedEngine(EngineHost engine, CapturedLogs logs) : IAsyncDisposable
{
    public const string Secret = "whsec_c2VjcmV0LW9mLXRoZS1yZWNlaXZlci0wMTIzNDU2Nzg5";

    public EngineHost Engine => engine;

    public CapturedLogs Logs => logs;

    public WebhookService Webhooks => engine.Get<WebhookService>();

    public static async Task<HookedEngine> StartAsync(
        Action<WebhookOptions>? options = null, Func<WorkloadContext, Task>? run = null)
    {
        var logs = new CapturedLogs();
        var engine = await EngineHost.StartAsync(
            _ => { },
            services =>
            {
                services.AddSingleton<ISecretProtector, PlainProtector>();
                services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(logs));
                services.Configure<WebhookOptions>(o =>
                {
                    o.AllowPrivateAddresses = true;
                    o.RetryDelays = [TimeSpan.FromMilliseconds(20)];
                    o.Timeout = Patience.Limit;
                    options?.Invoke(o);
                });
            },
            new LambdaWorkload("work", run ?? (_ => Task.CompletedTask)));
        return new HookedEngine(engine, logs);
    }

    public async Task<Submission> SubmitAsync(
        string url, string[]? events = null, string? secret = Secret, string? key = null, string owner = EngineHost.Owner) =>
        await engine.Jobs.SubmitAsync(
            new JobRequest
            {
                Kind = "work", Input = JsonElement.Parse("{}"), Owner = owner, IdempotencyKey = key,
                Webhook = new WebhookRequest(url, events, secret),
            },
            CancellationToken.None).Soon();

    public async Task<WebhookView> ReachAsync(JobId id, string state) =>
        await ReachAsync(id, view => view.State == state, $"the webhook is {state}");

    public async Task<WebhookView> ReachAsync(JobId id, Func<WebhookView, bool> condition, string what)
    {
        WebhookView? view = null;
        await Patience.UntilAsync(
            async () => (view = await Webhooks.FindAsync(id, EngineHost.Owner, CancellationToken.None)) is { } found && condition(found),
            what);
        return view!;
    }

    public ValueTask DisposeAsync() => engine.DisposeAsync();
}
