using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Workloads;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Webhooks;

/// <summary>Messages over a real port to a receiver that is well, or not.</summary>
public sealed partial class DeliveryTests : IAsyncLifetime
{
    private WebhookReceiver _receiver = null!;

    public async Task InitializeAsync() => _receiver = await WebhookReceiver.StartAsync();

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    public async Task The_end_of_a_job_is_told_in_a_signed_message_with_the_event_as_on_every_wire()
    {
        await using var hooked = await HookedEngine.StartAsync();

        var job = (await hooked.SubmitAsync(_receiver.Url)).Snapshot.JobId;

        var view = await hooked.ReachAsync(job, "delivered");
        var message = Assert.Single(await _receiver.ReceiveAsync(1));
        Assert.Equal(("POST", "/hook?tenant=7"), (message.Method, message.Target));
        Assert.Equal("application/json", message.Headers["content-type"]);
        Assert.StartsWith("ProgressHub", message.Headers["user-agent"], StringComparison.Ordinal);
        Assert.True(message.IsSignedWith(HookedEngine.Secret));
        var end = (await hooked.Engine.EndAsync(job))[^1];
        Assert.Equal($"msg_{job}_{end.Seq}", message.Id);
        Assert.Equal("job.done", message.Type);
        Assert.Equal(end.At, message.Json.GetProperty("timestamp").GetDateTimeOffset());
        Assert.Equal(Encoding.UTF8.GetString(EventJson.Serialize(end)), message.Json.GetProperty("data").GetRawText());
        var delivery = Assert.Single(view.Deliveries);
        Assert.Equal((end.Seq, "done", "delivered"), (delivery.EventSeq, delivery.Type, delivery.State));
        Assert.Equal(204, Assert.Single(delivery.Attempts).Status);
    }

    [Fact]
    public async Task The_Python_of_the_documents_accepts_what_is_signed_and_nothing_else()
    {
        await using var hooked = await HookedEngine.StartAsync();
        var secret = (await hooked.SubmitAsync(_receiver.Url, secret: null)).Webhook!.Secret!;
        var message = Assert.Single(await _receiver.ReceiveAsync(1));
        var document = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "streaming.md"));
        var verify = VerifyBlock().Match(document).Groups["code"].Value;
        Assert.Contains("def verified", verify, StringComparison.Ordinal);

        var said = await CommandRun.SucceedAsync(
            "python3",
            ["-c", verify + """


                import json, os
                headers, body = json.loads(os.environ["HEADERS"]), os.environ["BODY"].encode()
                print(verified(os.environ["SECRET"], headers, body), verified(os.environ["SECRET"], headers, body + b" "))
                """],
            Path.GetTempPath(), Patience.Limit, ("SECRET", secret), ("HEADERS", JsonSerializer.Serialize(message.Headers)),
            ("BODY", Encoding.UTF8.GetString(message.Body)));

        Assert.Equal("True False", said.Trim());
    }

    [Fact]
    public async Task Wanted_events_come_in_order_and_no_others()
    {
        await using var hooked = await HookedEngine.StartAsync(run: async context =>
        {
            for (var i = 0; i < 20; i++)
            {
                await context.LogAsync(JobLogLevel.Info, $"Line {i}");
                await context.PartialAsync(new PartialResult(i, 20) { Text = "Grüße 日本 \r\n" });
            }
        });

        var job = (await hooked.SubmitAsync(_receiver.Url, ["partial", "done"])).Snapshot.JobId;

        await hooked.ReachAsync(job, "delivered");
        var messages = await _receiver.ReceiveAsync(21);
        Assert.Equal([.. Enumerable.Repeat("job.partial", 20), "job.done"], messages.Select(m => m.Type));
        Assert.Equal(messages.Select(m => m.Seq).Order().Distinct(), messages.Select(m => m.Seq));
        Assert.All(messages, m => Assert.True(m.IsSignedWith(HookedEngine.Secret)));
    }

    [Fact]
    public async Task A_receiver_that_fails_is_tried_again_with_the_same_id_until_it_is_well()
    {
        await using var hooked = await HookedEngine.StartAsync();
        _receiver.Answer = (context, before) => WebhookReceiver.StatusAsync(context, before < 2 ? 500 : 200, "Not\ntoday <b>");

        var job = (await hooked.SubmitAsync(_receiver.Url)).Snapshot.JobId;

        var delivery = Assert.Single((await hooked.ReachAsync(job, "delivered")).Deliveries);
        Assert.Equal([500, 500, 200], delivery.Attempts.Select(a => a.Status!.Value));
        Assert.Equal("Not today <b>", delivery.Attempts[0].ResponseBody);
        Assert.Single((await _receiver.ReceiveAsync(3)).Select(m => m.Id).Distinct());
    }

    [Fact]
    public async Task An_answer_of_410_disables_the_webhook_until_a_message_is_sent_again()
    {
        await using var hooked = await HookedEngine.StartAsync();
        _receiver.AnswerWith(410, 200);

        var job = (await hooked.SubmitAsync(_receiver.Url, ["queued", "done"])).Snapshot.JobId;
        var view = await hooked.ReachAsync(job, "disabled");
        await hooked.Engine.EndAsync(job);
        Assert.Single(_receiver.Messages);

        Assert.True(await hooked.Webhooks.RetryAsync(job, EngineHost.Owner, view.Deliveries[0].EventSeq, CancellationToken.None));

        await hooked.ReachAsync(job, v => v.Deliveries[0].State == "delivered", "it is delivered");
    }

    [Fact]
    public async Task A_redirect_is_a_failure_and_is_not_followed()
    {
        await using var hooked = await HookedEngine.StartAsync();
        await using var elsewhere = await WebhookReceiver.StartAsync();
        _receiver.Answer = (context, before) =>
        {
            context.Response.Headers.Location = elsewhere.Url;
            return WebhookReceiver.StatusAsync(context, before == 0 ? 307 : 200);
        };

        var job = (await hooked.SubmitAsync(_receiver.Url)).Snapshot.JobId;

        var delivery = Assert.Single((await hooked.ReachAsync(job, "delivered")).Deliveries);
        Assert.Equal((307, "Redirects are not followed."), (delivery.Attempts[0].Status, delivery.Attempts[0].Error));
        Assert.Empty(elsewhere.Messages);
    }

    [Fact]
    public async Task A_receiver_that_never_answers_is_cut_off_and_holds_up_nobody_else()
    {
        await using var hooked = await HookedEngine.StartAsync(o =>
        {
            o.MaxConcurrency = 2;
            o.MaxConcurrencyPerHost = 1;
            o.Timeout = TimeSpan.FromMilliseconds(500);
        });
        await using var dead = await WebhookReceiver.StartAsync();
        dead.Answer = (context, _) => Forever.WaitAsync(context.RequestAborted);
        var stuck = (await hooked.SubmitAsync(dead.Url)).Snapshot.JobId;
        for (var i = 0; i < 5; i++)
            await hooked.SubmitAsync(dead.Url);
        await dead.ReceiveAsync(1);

        var job = (await hooked.SubmitAsync(_receiver.Url)).Snapshot.JobId;

        await hooked.ReachAsync(job, "delivered");
        var view = await hooked.ReachAsync(stuck, v => v.Deliveries is [{ Attempts.Count: > 0 }], "it is cut off");
        Assert.StartsWith("No whole answer within", view.Deliveries[0].Attempts[0].Error, StringComparison.Ordinal);
        Assert.Equal("active", view.State);
    }

    [Fact]
    public async Task Only_the_beginning_of_a_long_answer_is_read_and_kept()
    {
        await using var hooked = await HookedEngine.StartAsync();
        _receiver.Answer = async (context, _) =>
        {
            while (true)
                await context.Response.WriteAsync(new string('x', 4096), context.RequestAborted);
        };

        var job = (await hooked.SubmitAsync(_receiver.Url)).Snapshot.JobId;

        var attempt = (await hooked.ReachAsync(job, "delivered")).Deliveries[0].Attempts[0];
        Assert.Equal(500, attempt.ResponseBody!.Length);
    }

    [Fact]
    public async Task A_delivery_whose_time_is_over_is_given_up_and_can_be_sent_again_by_hand()
    {
        await using var hooked = await HookedEngine.StartAsync(o => o.GiveUpAfter = TimeSpan.Zero);
        _receiver.AnswerWith(503, 200);

        var job = (await hooked.SubmitAsync(_receiver.Url)).Snapshot.JobId;
        var failed = await hooked.ReachAsync(job, "failed");
        Assert.Null(failed.Deliveries[0].NextAttemptAt);
        var seq = failed.Deliveries[0].EventSeq;
        Assert.False(await hooked.Webhooks.RetryAsync(job, "bob", seq, CancellationToken.None));
        Assert.False(await hooked.Webhooks.RetryAsync(job, EngineHost.Owner, seq + 1, CancellationToken.None));
        Assert.Null(await hooked.Webhooks.FindAsync(job, "bob", CancellationToken.None));

        Assert.True(await hooked.Webhooks.RetryAsync(job, EngineHost.Owner, seq, CancellationToken.None));

        var view = await hooked.ReachAsync(job, "delivered");
        Assert.Equal([503, 200], view.Deliveries[0].Attempts.Select(a => a.Status!.Value));
    }

    [Fact]
    public async Task An_address_that_is_not_public_is_not_connected_to()
    {
        await using var hooked = await HookedEngine.StartAsync(o => o.AllowPrivateAddresses = false);
        var port = new Uri(_receiver.Url).Port.ToString(CultureInfo.InvariantCulture);

        var job = (await hooked.SubmitAsync($"http://localhost:{port}/hook")).Snapshot.JobId;

        var view = await hooked.ReachAsync(job, v => v.Deliveries is [{ Attempts.Count: > 0 }], "it was tried");
        Assert.StartsWith("The address is not public", view.Deliveries[0].Attempts[0].Error, StringComparison.Ordinal);
        Assert.Empty(_receiver.Messages);
    }

    [GeneratedRegex("```python\n(?<code>import base64.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex VerifyBlock();
}
