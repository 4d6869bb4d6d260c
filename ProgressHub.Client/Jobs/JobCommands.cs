using System.Text.Json;
using ProgressHub.Client.Http;

namespace ProgressHub.Client.Jobs;

/// <summary>The commands that are safe to send again, and are.</summary>
internal sealed class JobCommands(HubHttp http)
{
    private const int MostTries = 6;

    /// <summary>Submits; sent again where no answer came, with the same key, it is still one job.</summary>
    public async Task<SubmissionReceipt> SubmitAsync(JobSubmission submission, CancellationToken cancellationToken)
    {
        var key = submission.IdempotencyKey ?? Guid.NewGuid().ToString("N");
        var body = JsonSerializer.SerializeToUtf8Bytes(submission, JobJson.Default.JobSubmission);
        for (var tries = 1; ; tries++)
        {
            try
            {
                var request = HubRequest.Post("api/jobs") with
                {
                    Content = HubRequest.Json(body), Headers = [("Idempotency-Key", key)],
                };
                return await http.AskAsync(request, JobJson.Default.SubmissionReceipt, cancellationToken).ConfigureAwait(false);
            }
            catch (ProgressHubException failure) when (failure.IsTransient && tries < MostTries)
            {
                await Task.Delay(Backoff.After(failure, tries), http.Time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
