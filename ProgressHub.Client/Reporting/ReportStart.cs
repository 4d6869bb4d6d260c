using System.Net;
using System.Text.Json;
using ProgressHub.Client.Http;
using ProgressHub.Client.Jobs;

namespace ProgressHub.Client.Reporting;

/// <summary>Begins a job to report for, or goes on with the one that an earlier run of the program began.</summary>
internal sealed class ReportStart(HubHttp http, JobCommands commands)
{
    /// <summary>The most updates that an earlier run may have had under way.</summary>
    private const int UnderWay = 1000;

    public async Task<StartedReport> StartAsync(string title, ReportOptions options, CancellationToken cancellationToken)
    {
        var file = options.StateFile is { } path ? new TicketFile(path) : null;
        var earlier = file?.Read();
        if (earlier?.Ticket is { } ticket && await TryResumeAsync(ticket, cancellationToken).ConfigureAwait(false) is { } resumed)
            return resumed with { File = file };

        // A key alone: the crash came between asking for a job and hearing of it.
        var key = earlier is { Ticket: null } ? earlier.Key : Guid.NewGuid().ToString("N");
        file?.Write(new TicketFileContent(key, null));
        SubmissionReceipt receipt;
        try
        {
            receipt = await commands.SubmitAsync(Submission(title, options, key), cancellationToken).ConfigureAwait(false);
        }
        catch (ProgressHubException refusal) when (refusal.Code == "idempotency_key_reused" && file is not null)
        {
            key = Guid.NewGuid().ToString("N");
            file.Write(new TicketFileContent(key, null));
            receipt = await commands.SubmitAsync(Submission(title, options, key), cancellationToken).ConfigureAwait(false);
        }

        var begun = new JobTicket(receipt.JobId, receipt.WriteToken
            ?? throw new ProgressHubException("invalid_answer", "The server gave no token to report with."));
        file?.Write(new TicketFileContent(key, begun));
        return new StartedReport(begun, 0, IsResumed: false, file);
    }

    public async Task<StartedReport> ResumeAsync(JobTicket ticket, CancellationToken cancellationToken)
    {
        // What an earlier run has under way may still arrive: its numbers must not be above ours.
        var answer = await new ReportChannel(http, ticket, 0).SendAsync([], cancellationToken).ConfigureAwait(false);
        return answer.CancelRequested
            ? throw new ProgressHubException("canceled", "The job was canceled.")
            : new StartedReport(ticket, (answer.Number ?? 0) + UnderWay, IsResumed: true, null);
    }

    private static JobSubmission Submission(string title, ReportOptions options, string key)
    {
        var input = new WireInput(
            options.Stages.Count == 0 ? null : options.Stages,
            Math.Ceiling(options.Heartbeat.TotalSeconds),
            options.FailAfter is { } after ? Math.Ceiling(after.TotalSeconds) : null);
        return new JobSubmission("external", JsonSerializer.SerializeToNode(input, ReportJson.Default.WireInput))
        {
            Title = title, Tags = options.Tags, IdempotencyKey = key,
        };
    }

    private async Task<StartedReport?> TryResumeAsync(JobTicket ticket, CancellationToken cancellationToken)
    {
        try
        {
            return await ResumeAsync(ticket, cancellationToken).ConfigureAwait(false);
        }
        catch (ProgressHubException over) when (over.IsFinal || over.Status == HttpStatusCode.Conflict || over.Code == "canceled")
        {
            return null;
        }
    }
}

/// <summary>A job that may be reported for.</summary>
internal sealed record StartedReport(JobTicket Ticket, long Number, bool IsResumed, TicketFile? File);
