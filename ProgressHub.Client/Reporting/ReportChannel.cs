using System.Net;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using ProgressHub.Client.Http;

namespace ProgressHub.Client.Reporting;

/// <summary>
/// Sends a job's updates, each with a number of its own. What was not answered is sent again with the same numbers, and
/// the server applies each number once, whichever side crashed meanwhile.
/// </summary>
internal sealed partial class ReportChannel(HubHttp http, JobTicket ticket, long number)
{
    private readonly ILogger _logger = http.Options.LoggerFactory.CreateLogger("ProgressHub.Client.Reporting");
    private long _number = number;

    /// <summary>The highest number that the server has applied, as it last said.</summary>
    public long Acknowledged { get; private set; } = number;

    /// <summary>Why the last update that was refused was, taken once.</summary>
    public ProgressHubException? Refusal { get; set; }

    /// <exception cref="ProgressHubException">The job has ended, or is no more.</exception>
    public async Task<ReportAnswer> SendAsync(List<WireUpdate> batch, CancellationToken cancellationToken)
    {
        List<WireUpdate> numbered = [.. batch.Select(update => update with { Number = ++_number })];
        if (numbered.Count == 0)
            numbered = [new WireUpdate { Heartbeat = true }];
        var answer = await SendNumberedAsync(numbered, cancellationToken).ConfigureAwait(false);
        Acknowledged = answer.Number ?? Acknowledged;
        return answer;
    }

    public Task<ReportAnswer> CompleteAsync(WireComplete end, CancellationToken cancellationToken) => AgainAsync(
        "complete", JsonSerializer.SerializeToUtf8Bytes(end, ReportJson.Default.WireComplete), cancellationToken);

    public Task<ReportAnswer> FailAsync(WireFailure end, CancellationToken cancellationToken) => AgainAsync(
        "fail", JsonSerializer.SerializeToUtf8Bytes(end, ReportJson.Default.WireFailure), cancellationToken);

    /// <summary>A refused list is refused as a whole: halves find the one that is at fault, and the rest counts.</summary>
    private async Task<ReportAnswer> SendNumberedAsync(List<WireUpdate> batch, CancellationToken cancellationToken)
    {
        try
        {
            return await AgainAsync(
                "updates", JsonSerializer.SerializeToUtf8Bytes(batch, ReportJson.Default.ListWireUpdate), cancellationToken).ConfigureAwait(false);
        }
        catch (ProgressHubException refusal) when (!refusal.IsFinal && refusal.Status != HttpStatusCode.Conflict)
        {
            if (batch.Count > 1)
            {
                var half = batch.Count / 2;
                await SendNumberedAsync(batch[..half], cancellationToken).ConfigureAwait(false);
                return await SendNumberedAsync(batch[half..], cancellationToken).ConfigureAwait(false);
            }

            LogRefused(refusal.Code, refusal.Message);
            Refusal = refusal;
            return await SendNumberedAsync([new WireUpdate { Heartbeat = true }], cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The server may be restarting: it goes on where it was, and so do we.</summary>
    private async Task<ReportAnswer> AgainAsync(string what, byte[] body, CancellationToken cancellationToken)
    {
        for (var failures = 1; ; failures++)
        {
            try
            {
                var request = HubRequest.Post($"api/jobs/{ticket.JobId}/{what}") with
                {
                    Content = HubRequest.Json(body), Token = ticket.WriteToken,
                };
                return await http.AskAsync(request, ReportJson.Default.ReportAnswer, cancellationToken).ConfigureAwait(false);
            }
            catch (ProgressHubException failure) when (failure.IsTransient)
            {
                var wait = Backoff.After(failure, failures);
                LogRetry(failure.Code, wait.TotalMilliseconds);
                await Task.Delay(wait, http.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "An update was refused with {Code} and is left out: {Reason}")]
    private partial void LogRefused(string code, string reason);

    [LoggerMessage(LogLevel.Debug, "A report failed with {Code}; it is sent again in {Ms} ms.")]
    private partial void LogRetry(string code, double ms);
}
