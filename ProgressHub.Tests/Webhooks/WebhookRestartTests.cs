using System.Collections.Concurrent;
using System.Text;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Webhooks;

/// <summary>Webhooks and their secrets across crashes.</summary>
public sealed class WebhookRestartTests : IAsyncLifetime
{
    private WebhookReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    public async Task After_a_crash_every_message_comes_and_a_repeated_one_under_the_same_id()
    {
        var reached = new Signal();
        await using var hooked = await HookedEngine.StartAsync(run: async context =>
        {
            for (var i = context.RestoredPartials.Count; i < 10; i++)
            {
                if (i == 5 && context.Attempt == 1)
                {
                    reached.Set();
                    await Forever.WaitAsync(context.CancellationToken);
                }

                await context.PartialAsync(new PartialResult(i, 10) { Text = $"{i}" });
            }
        });
        var known = new ConcurrentDictionary<string, bool>();
        _receiver.Answer = (context, _) => WebhookReceiver.StatusAsync(
            context, known.TryAdd(context.Request.Headers["webhook-id"]!, true) ? 500 : 200);
        var job = (await hooked.SubmitAsync(_receiver.Url, ["partial", "retrying", "done"])).Snapshot.JobId;
        await reached.Task.Soon();
        await _receiver.ReceiveAsync(3);

        await hooked.Engine.CrashAsync();

        var view = await hooked.ReachAsync(job, "delivered");
        var wanted = (await hooked.Engine.EndAsync(job)).Where(e => e.Type is "partial" or "retrying" or "done").Select(e => e.Seq).ToList();
        Assert.Equal(wanted, view.Deliveries.Select(d => d.EventSeq));
        Assert.Equal(wanted.Select(seq => $"msg_{job}_{seq}"), _receiver.Messages.Select(m => m.Id).Distinct().Order(BySeq));
        Assert.All(_receiver.Messages, m => Assert.True(m.IsSignedWith(HookedEngine.Secret)));
        Assert.Contains("job.retrying", _receiver.Messages.Select(m => m.Type));
    }

    [Fact]
    public async Task What_a_receiver_that_is_down_has_missed_comes_after_a_restart()
    {
        await using var hooked = await HookedEngine.StartAsync(o => o.RetryDelays = [TimeSpan.FromHours(1)]);
        _receiver.AnswerWith(500);
        var job = (await hooked.SubmitAsync(_receiver.Url)).Snapshot.JobId;
        var waiting = await hooked.ReachAsync(job, v => v.Deliveries is [{ Attempts.Count: 1 }], "it was tried");
        var next = Assert.Single(waiting.Deliveries).NextAttemptAt;
        Assert.NotNull(next);

        await hooked.Engine.StopAsync();
        await hooked.Engine.StartAsync();
        var kept = Assert.Single((await hooked.ReachAsync(job, "active")).Deliveries);
        Assert.Equal((next, 500), (kept.NextAttemptAt, kept.Attempts[0].Status));
        _receiver.AnswerWith(200);
        Assert.True(await hooked.Webhooks.RetryAsync(job, EngineHost.Owner, kept.EventSeq, CancellationToken.None));

        await hooked.ReachAsync(job, "delivered");
    }

    [Fact]
    public async Task A_webhook_belongs_to_what_an_idempotency_key_stands_for()
    {
        await using var hooked = await HookedEngine.StartAsync();
        var first = await hooked.SubmitAsync(_receiver.Url, secret: null, key: "k");

        var same = await hooked.SubmitAsync(_receiver.Url, secret: null, key: "k");

        Assert.Equal(first.Snapshot.JobId, same.Snapshot.JobId);
        Assert.Equal(first.Webhook! with { Secret = null, Events = [] }, same.Webhook! with { Events = [] });
        Assert.NotNull(first.Webhook.Secret);
        foreach (var (events, secret) in new (string[]?, string?)[] { (null, HookedEngine.Secret), (["log"], null) })
        {
            var refusal = await Assert.ThrowsAsync<JobConflictException>(() => hooked.SubmitAsync(_receiver.Url, events, secret, "k"));
            Assert.Equal("idempotency_key_reused", refusal.Code);
        }

        await Assert.ThrowsAsync<JobConflictException>(() => hooked.SubmitAsync(_receiver.Url + "&x", null, null, "k"));
    }

    [Fact]
    public async Task The_secret_is_in_no_file_no_event_no_log_line_and_no_view()
    {
        await using var hooked = await HookedEngine.StartAsync();
        _receiver.AnswerWith(500, 200);
        var own = await hooked.SubmitAsync(_receiver.Url);
        var made = await hooked.SubmitAsync(_receiver.Url, secret: null);
        var views = new List<string>();
        foreach (var id in new[] { own.Snapshot.JobId, made.Snapshot.JobId })
            views.Add($"{await hooked.ReachAsync(id, "delivered")}");
        var events = await hooked.Engine.EndAsync(own.Snapshot.JobId);
        await hooked.Engine.StopAsync();

        foreach (var secret in new[] { HookedEngine.Secret, made.Webhook!.Secret! })
        {
            var base64 = secret["whsec_".Length..];
            Assert.DoesNotContain(events, e => $"{e}".Contains(base64, StringComparison.Ordinal));
            Assert.DoesNotContain(views, v => v.Contains(base64, StringComparison.Ordinal));
            Assert.DoesNotContain(hooked.Logs.Lines, l => l.Contains(base64, StringComparison.Ordinal));
            foreach (var file in Directory.GetFiles(hooked.Engine.Folder))
            {
                var bytes = await File.ReadAllBytesAsync(file);
                Assert.Equal(-1, bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(base64)));
                Assert.Equal(-1, bytes.AsSpan().IndexOf(Convert.FromBase64String(base64)));
            }
        }
    }

    private static readonly Comparer<string> BySeq = Comparer<string>.Create(
        static (a, b) => Seq(a).CompareTo(Seq(b)));

    private static long Seq(string id) => long.Parse(id.Split('_')[2], System.Globalization.CultureInfo.InvariantCulture);
}
