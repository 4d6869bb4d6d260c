using ProgressHub.Core.Events;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Core.Storage;

/// <summary>What changes the outbox, each on the writer and so undisturbed by the others.</summary>
internal static class WebhookStatements
{
    private static readonly SqlStatement Insert = new("""
        INSERT INTO webhooks (job, url, host, events, secret, cursor, following, disabled)
        VALUES (@job, @url, @host, @events, @secret, 0, 1, 0)
        """);

    private static readonly SqlStatement Find = new("""
        SELECT w.job, w.disabled FROM jobs j JOIN webhooks w ON w.job = j.ord WHERE j.id = @id
        """);

    private static readonly SqlStatement Advance = new("""
        UPDATE webhooks SET cursor = @cursor, following = @following
        WHERE job = @job AND following = 1 AND (cursor < @cursor OR @following = 0)
        """);

    private static readonly SqlStatement LastOf = new("""
        SELECT type, state, tried, seq FROM webhook_deliveries WHERE job = @job ORDER BY seq DESC LIMIT 1
        """);

    private static readonly SqlStatement Delete = new("DELETE FROM webhook_deliveries WHERE job = @job AND seq = @seq");

    private static readonly SqlStatement Queue = new("""
        INSERT INTO webhook_deliveries (job, seq, type, at, state, next_at, tried)
        VALUES (@job, @seq, @type, @at, 'pending', @now, 0) ON CONFLICT (job, seq) DO NOTHING
        """);

    private static readonly SqlStatement ForgetOld = new("""
        DELETE FROM webhook_deliveries WHERE job = @job AND state <> 'pending' AND seq <
          (SELECT seq FROM webhook_deliveries WHERE job = @job ORDER BY seq DESC LIMIT 1 OFFSET @kept)
        """);

    private static readonly SqlStatement Schedule = new("""
        UPDATE webhooks SET next_at =
          (SELECT next_at FROM webhook_deliveries WHERE job = @job AND state = 'pending' ORDER BY seq LIMIT 1)
        WHERE job = @job
        """);

    private static readonly SqlStatement Attempts =
        new("SELECT attempts FROM webhook_deliveries WHERE job = @job AND seq = @seq");

    private static readonly SqlStatement Conclude = new("""
        UPDATE webhook_deliveries SET state = @state, next_at = @next, tried = tried + 1, attempts = @attempts
        WHERE job = @job AND seq = @seq
        """);

    // First of all, so that what another node does to the same lane at the same time is over before this one looks.
    private static readonly SqlStatement Hold = new("UPDATE webhooks SET cursor = cursor WHERE job = @job");

    private static readonly SqlStatement PutOff = new("""
        UPDATE webhook_deliveries SET next_at = @until WHERE job = @job AND seq = @seq AND state = 'pending' AND next_at <= @now
        """);

    private static readonly SqlStatement SetDisabled = new("UPDATE webhooks SET disabled = @disabled WHERE job = @job");

    private static readonly SqlStatement GiveUpPending = new("""
        UPDATE webhook_deliveries SET state = 'failed', next_at = NULL WHERE job = @job AND state = 'pending'
        """);

    private static readonly SqlStatement Renew = new("""
        UPDATE webhook_deliveries SET state = 'pending', next_at = @now WHERE job = @job AND seq = @seq
        """);

    // What stands before it in the lane need not wait any longer either, or nothing would be sent.
    private static readonly SqlStatement MakeEarlierDue = new("""
        UPDATE webhook_deliveries SET next_at = @now WHERE job = @job AND state = 'pending' AND seq < @seq
        """);

    public static void Create(SqlSession session, long job, NewWebhook webhook) => session.Execute(
        Insert, job, webhook.Url, webhook.Host, WebhookRow.WriteEvents(webhook.Events), webhook.ProtectedSecret.ToArray());

    public static int Enqueue(
        SqlSession session, JobId id, long cursor, bool isEnd, IReadOnlyList<WebhookDelivery> deliveries, DateTimeOffset now)
    {
        var (job, disabled) = session.First(Find, r => (r.GetInt64(0), r.GetInt32(1) != 0), id.ToString());
        if (job == 0 || session.Execute(Advance, cursor, isEnd ? 0 : 1, job) == 0 || disabled || deliveries.Count == 0)
            return 0;

        foreach (var delivery in deliveries)
        {
            if (delivery.Type == EventTypes.Progress)
                DropSuperseded(session, job);
            session.Execute(
                Queue, job, delivery.Seq, delivery.Type, Moment.ToStored(delivery.At), Moment.ToStored(now));
        }

        session.Execute(ForgetOld, job, IWebhookStore.KeptDeliveries);
        session.Execute(Schedule, job);
        return deliveries.Count;
    }

    public static bool Claim(SqlSession session, JobId id, long seq, DateTimeOffset now, DateTimeOffset until)
    {
        var (job, _) = session.First(Find, r => (r.GetInt64(0), r.GetInt32(1)), id.ToString());
        session.Execute(Hold, job);
        if (session.Execute(PutOff, Moment.ToStored(until), job, seq, Moment.ToStored(now)) == 0)
            return false;
        session.Execute(Schedule, job);
        return true;
    }

    public static int Record(SqlSession session, JobId id, WebhookOutcome outcome)
    {
        var (job, _) = session.First(Find, r => (r.GetInt64(0), r.GetInt32(1)), id.ToString());
        session.Execute(Hold, job);
        var attempts = WebhookRow.Add(session.Scalar(Attempts, job, outcome.Seq) as byte[], outcome.Attempt);
        var changed = session.Execute(
            Conclude, WebhookRow.Name(outcome.State), Moment.ToStored(outcome.NextAttemptAt), attempts, job, outcome.Seq);
        if (outcome.Disables)
        {
            session.Execute(SetDisabled, 1, job);
            session.Execute(GiveUpPending, job);
        }

        session.Execute(Schedule, job);
        return changed;
    }

    public static bool Retry(SqlSession session, JobId id, long seq, DateTimeOffset now)
    {
        var (job, _) = session.First(Find, r => (r.GetInt64(0), r.GetInt32(1)), id.ToString());
        session.Execute(Hold, job);
        if (session.Execute(Renew, Moment.ToStored(now), job, seq) == 0)
            return false;
        session.Execute(MakeEarlierDue, Moment.ToStored(now), job, seq);
        session.Execute(SetDisabled, 0, job);
        session.Execute(Schedule, job);
        return true;
    }

    private static void DropSuperseded(SqlSession session, long job)
    {
        var (isSuperseded, seq) = session.First(
            LastOf,
            r => (r.GetString(0) == EventTypes.Progress && r.GetString(1) == "pending" && r.GetInt32(2) == 0, r.GetInt64(3)), job);
        if (isSuperseded)
            session.Execute(Delete, job, seq);
    }
}
