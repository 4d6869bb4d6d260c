using Microsoft.Extensions.Options;
using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Webhooks;
using ProgressHub.Tests.Support;

namespace ProgressHub.Tests.Storage;

/// <summary>What every outbox of webhooks does, whatever the database.</summary>
public abstract class WebhookStoreContract : StorageContract
{
    private static readonly WebhookAttempt Attempt = new(DateTimeOffset.UnixEpoch, 500, null, 7, "Oops");

    [Fact]
    public async Task A_webhook_comes_with_its_job_and_has_seen_nothing_of_its_log_yet()
    {
        var job = await HookedAsync();

        var webhook = await Webhooks.FindAsync(job.Id, None);

        Assert.Equal("ann", webhook!.Owner);
        Assert.Equal($"wh_{job.Id}", webhook.Id);
        Assert.Equal(("http://a.example/hook", "a.example:80"), (webhook.Target.Url, webhook.Target.Host));
        Assert.Equal(["done", "log"], webhook.Target.Events);
        Assert.Equal([1, 2, 3], webhook.Target.ProtectedSecret.ToArray());
        Assert.Equal((0, true, false), (webhook.Cursor, webhook.IsFollowing, webhook.IsDisabled));
        Assert.Contains(new FollowedWebhook(job.Id, "a.example:80"), await Webhooks.ListFollowingAsync(None));
        Assert.Null(await Webhooks.FindAsync((await CreateAsync()).Id, None));
    }

    [Fact]
    public async Task An_owners_webhooks_are_listed_with_what_became_of_their_messages_and_narrowed_by_how_they_stand()
    {
        var first = await HookedAsync();
        await EnqueueAsync(first, 3, Delivery(2), Delivery(3));
        await Webhooks.RecordAsync(first.Id, Delivered(2), None);
        var second = await HookedAsync();
        await Webhooks.EnqueueAsync(second.Id, 2, true, [Delivery(2)], Now, None);
        await Webhooks.RecordAsync(second.Id, new WebhookOutcome(2, Attempt, WebhookDeliveryState.Failed, null, Disables: false), None);
        await CreateAsync();

        var page = await Webhooks.ListOwnedAsync("ann", null, null, 1, None);
        var next = Assert.Single((await Webhooks.ListOwnedAsync("ann", null, page.Next, 1, None)).Items);

        var newest = Assert.Single(page.Items);
        Assert.Equal((second.Id, "Letter", "http://a.example/hook", "failed"), (newest.JobId, newest.Title, newest.Url, newest.State));
        Assert.Equal((0, 0, 1), (newest.Pending, newest.Delivered, newest.Failed));
        Assert.Equal((first.Id, "active", 1, 1, 0), (next.JobId, next.State, next.Pending, next.Delivered, next.Failed));
        Assert.Equal([first.Id], (await Webhooks.ListOwnedAsync("ann", "active", null, 10, None)).Items.Select(w => w.JobId));
        Assert.Empty((await Webhooks.ListOwnedAsync("eve", null, null, 10, None)).Items);
    }

    [Fact]
    public async Task An_owner_keeps_one_address_until_it_is_replaced_or_removed()
    {
        await Defaults.KeepAsync("ann", new DefaultWebhook("http://a.example/hook", ["done"], new byte[] { 1, 2 }), None);
        await Defaults.KeepAsync("ann", new DefaultWebhook("http://b.example/hook", ["log", "done"], new byte[] { 3 }), None);

        var kept = await Defaults.FindAsync("ann", None);

        Assert.Equal("http://b.example/hook", kept!.Url);
        Assert.Equal(["log", "done"], kept.Events);
        Assert.Equal([3], kept.ProtectedSecret.ToArray());
        Assert.Null(await Defaults.FindAsync("eve", None));
        await Defaults.RemoveAsync("ann", None);
        Assert.Null(await Defaults.FindAsync("ann", None));
    }

    [Fact]
    public async Task Only_the_first_that_is_pending_is_due()
    {
        var job = await HookedAsync();
        await EnqueueAsync(job, 3, Delivery(2), Delivery(3));

        Assert.Equal([job.Id], await Webhooks.ListDueAsync("a.example:80", Now, 10, None));
        Assert.Equal(2, (await Webhooks.FindNextAsync(job.Id, None))!.Seq);
        await Webhooks.RecordAsync(job.Id, Failed(2, Now.AddHours(1)), None);

        Assert.Empty(await Webhooks.ListDueHostsAsync(Now, 10, None));
        Assert.Equal(Now.AddHours(1), await Webhooks.NextDueAsync(Now, None));
        await Webhooks.RecordAsync(job.Id, Delivered(2), None);
        Assert.Equal(["a.example:80"], await Webhooks.ListDueHostsAsync(Now, 10, None));
        Assert.Equal(3, (await Webhooks.FindNextAsync(job.Id, None))!.Seq);
    }

    [Fact]
    public async Task A_delivery_that_somebody_has_claimed_is_due_for_nobody_until_the_claim_is_over_or_it_is_settled()
    {
        var job = await HookedAsync();
        await EnqueueAsync(job, 2, Delivery(2));

        Assert.True(await Webhooks.ClaimAsync(job.Id, 2, Now, Now.AddSeconds(20), None));
        Assert.False(await Webhooks.ClaimAsync(job.Id, 2, Now, Now.AddSeconds(20), None));
        Assert.Empty(await Webhooks.ListDueHostsAsync(Now, 10, None));

        // What comes behind it makes it due no earlier.
        await EnqueueAsync(job, 3, Delivery(3));
        Assert.Empty(await Webhooks.ListDueHostsAsync(Now, 10, None));

        Assert.True(await Webhooks.ClaimAsync(job.Id, 2, Now.AddSeconds(20), Now.AddSeconds(40), None));
        await Webhooks.RecordAsync(job.Id, Delivered(2), None);
        Assert.False(await Webhooks.ClaimAsync(job.Id, 2, Now.AddSeconds(40), Now.AddSeconds(60), None));
        Assert.Equal(3, (await Webhooks.FindNextAsync(job.Id, None))!.Seq);
        Assert.Equal([job.Id], await Webhooks.ListDueAsync("a.example:80", Now, 10, None));
    }

    [Fact]
    public async Task What_was_queued_once_is_not_queued_again_and_the_end_is_the_end()
    {
        var job = await HookedAsync();
        await EnqueueAsync(job, 2, Delivery(2));
        await Webhooks.RecordAsync(job.Id, Delivered(2), None);

        await EnqueueAsync(job, 2, Delivery(2));
        await Webhooks.EnqueueAsync(job.Id, 3, true, [Delivery(3)], Now, None);
        await EnqueueAsync(job, 4, Delivery(4));

        Assert.Equal([2, 3], (await Webhooks.ListAsync(job.Id, 10, None)).Select(d => d.Seq));
        Assert.Equal(3, (await Webhooks.FindNextAsync(job.Id, None))!.Seq);
        Assert.False((await Webhooks.FindAsync(job.Id, None))!.IsFollowing);
        Assert.DoesNotContain(job.Id, (await Webhooks.ListFollowingAsync(None)).Select(webhook => webhook.Job));
    }

    [Fact]
    public async Task A_progress_gives_way_to_a_later_one_unless_it_was_tried_or_something_stands_between()
    {
        var job = await HookedAsync();
        await EnqueueAsync(job, 4, Delivery(2, "progress"), Delivery(3, "progress"), Delivery(4, "log"));
        await EnqueueAsync(job, 6, Delivery(5, "progress"), Delivery(6, "progress"));

        Assert.Equal([3, 4, 6], (await Webhooks.ListAsync(job.Id, 10, None)).Select(d => d.Seq));
        await Webhooks.RecordAsync(job.Id, Delivered(3), None);
        await Webhooks.RecordAsync(job.Id, Delivered(4), None);
        await Webhooks.RecordAsync(job.Id, Failed(6, Now), None);
        await EnqueueAsync(job, 7, Delivery(7, "progress"));

        Assert.Equal([3, 4, 6, 7], (await Webhooks.ListAsync(job.Id, 10, None)).Select(d => d.Seq));
    }

    [Fact]
    public async Task The_last_attempts_of_the_last_deliveries_are_kept()
    {
        var job = await HookedAsync();
        await EnqueueAsync(job, 2, Delivery(2));
        for (var i = 0; i < 12; i++)
            await Webhooks.RecordAsync(job.Id, new WebhookOutcome(2, Attempt with { DurationMs = i }, WebhookDeliveryState.Pending, Now, false), None);

        var tried = Assert.Single(await Webhooks.ListAsync(job.Id, 10, None));
        Assert.Equal(12, tried.AttemptCount);
        Assert.Equal(Enumerable.Range(2, 10).Select(i => (long)i), tried.Attempts.Select(a => a.DurationMs));
        Assert.Equal(Attempt with { DurationMs = 11 }, tried.Attempts[^1]);
        await Webhooks.RecordAsync(job.Id, Delivered(2), None);
        await EnqueueAsync(job, 150, [.. Enumerable.Range(3, 148).Select(i => Delivery(i))]);

        Assert.DoesNotContain(await Webhooks.ListAsync(job.Id, 1000, None), d => d.Seq == 2);
        Assert.Equal(148, (await Webhooks.ListAsync(job.Id, 1000, None)).Count);
        Assert.Equal([149, 150], (await Webhooks.ListAsync(job.Id, 2, None)).Select(d => d.Seq));
    }

    [Fact]
    public async Task A_disabled_webhook_sends_nothing_until_a_message_is_sent_again()
    {
        var job = await HookedAsync();
        await EnqueueAsync(job, 3, Delivery(2), Delivery(3));
        await Webhooks.RecordAsync(job.Id, new WebhookOutcome(2, Attempt, WebhookDeliveryState.Failed, null, Disables: true), None);
        await EnqueueAsync(job, 4, Delivery(4));

        Assert.True((await Webhooks.FindAsync(job.Id, None))!.IsDisabled);
        Assert.Null(await Webhooks.FindNextAsync(job.Id, None));
        Assert.Empty(await Webhooks.ListDueHostsAsync(Now, 10, None));
        Assert.All(await Webhooks.ListAsync(job.Id, 10, None), d => Assert.Equal(WebhookDeliveryState.Failed, d.State));
        Assert.False(await Webhooks.RetryAsync(job.Id, 4, Now, None));
        Assert.True(await Webhooks.RetryAsync(job.Id, 3, Now, None));

        Assert.False((await Webhooks.FindAsync(job.Id, None))!.IsDisabled);
        Assert.Equal(3, (await Webhooks.FindNextAsync(job.Id, None))!.Seq);
        Assert.Equal([job.Id], await Webhooks.ListDueAsync("a.example:80", Now, 10, None));
    }

    [Fact]
    public async Task Sending_one_again_hurries_those_before_it()
    {
        var job = await HookedAsync();
        await EnqueueAsync(job, 3, Delivery(2), Delivery(3));
        await Webhooks.RecordAsync(job.Id, Failed(2, Now.AddHours(3)), None);

        Assert.True(await Webhooks.RetryAsync(job.Id, 3, Now, None));

        Assert.Equal(2, (await Webhooks.FindNextAsync(job.Id, None))!.Seq);
        Assert.Equal([job.Id], await Webhooks.ListDueAsync("a.example:80", Now, 10, None));
    }

    [Fact]
    public async Task The_host_that_has_waited_longest_comes_first()
    {
        var later = await HookedAsync("later.example:80");
        var first = await HookedAsync("first.example:80");
        await Webhooks.EnqueueAsync(later.Id, 2, false, [Delivery(2)], Now.AddSeconds(-1), None);
        await Webhooks.EnqueueAsync(first.Id, 2, false, [Delivery(2)], Now.AddSeconds(-2), None);

        Assert.Equal(["first.example:80", "later.example:80"], await Webhooks.ListDueHostsAsync(Now, 10, None));
        Assert.Equal(["first.example:80"], await Webhooks.ListDueHostsAsync(Now, 1, None));
        Assert.Empty(await Webhooks.ListDueAsync("other.example:80", Now, 10, None));
    }

    [Fact]
    public async Task Hosts_that_other_nodes_look_after_do_not_hide_this_ones()
    {
        foreach (var host in (string[])["a.example:80", "b.example:80", "c.example:80", "ours.example:80"])
            await EnqueueAsync(await HookedAsync(host), 2, Delivery(2));
        var outbox = new WebhookOutbox(
            Webhooks, new OwningNode(host => host == "ours.example:80"), Options.Create(new WebhookOptions()), TimeProvider.System);

        Assert.Equal(["ours.example:80"], await outbox.ListDueHostsAsync(Now, 1, None));
    }

    [Fact]
    public async Task A_purged_job_takes_its_webhook_with_it()
    {
        var job = await HookedAsync();
        await EnqueueAsync(job, 2, Delivery(2));
        job.Job = Assert.Single(await ClaimAsync(job.Job.Kind, 1));
        await CommitAsync(job.Append(new StartedEvent([])));
        await CommitAsync(Finish(job));

        Assert.True(await Store.PurgeAsync(job.Id, Now, None));

        Assert.Null(await Webhooks.FindAsync(job.Id, None));
        Assert.Empty(await Webhooks.ListAsync(job.Id, 10, None));
        Assert.Empty(await Webhooks.ListDueHostsAsync(Now, 10, None));
        await Webhooks.RecordAsync(job.Id, Delivered(2), None);
        await EnqueueAsync(job, 9, Delivery(9));
        Assert.False(await Webhooks.RetryAsync(job.Id, 2, Now, None));
        Assert.Empty(await Webhooks.ListFollowingAsync(None));
    }

    internal async Task<LoggedJob> HookedAsync(string host = "a.example:80")
    {
        var job = NewJob();
        var webhook = new NewWebhook("http://a.example/hook", host, ["done", "log"], new byte[] { 1, 2, 3 });
        Assert.Equal(default, await Log.CreateAsync(job.New() with { Webhook = webhook }, None));
        return job;
    }

    private async Task EnqueueAsync(LoggedJob job, long cursor, params WebhookDelivery[] deliveries) =>
        await Webhooks.EnqueueAsync(job.Id, cursor, false, deliveries, Now, None);

    private WebhookDelivery Delivery(long seq, string type = "log") => new() { Seq = seq, Type = type, At = Now };

    private static WebhookOutcome Delivered(long seq) => new(seq, Attempt, WebhookDeliveryState.Delivered, null, false);

    private static WebhookOutcome Failed(long seq, DateTimeOffset next) =>
        new(seq, Attempt, WebhookDeliveryState.Pending, next, false);
}
