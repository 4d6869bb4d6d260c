using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Core.Webhooks;

namespace ProgressHub.Web.Components.Webhooks;

/// <summary>
/// The webhooks of jobs that forms submit. A secret that the server made is told once, on the page of its job, to whoever
/// submitted it from this circuit; so few are kept here, and no longer than that.
/// </summary>
internal sealed class FormWebhooks(DefaultWebhooks defaults, WebhookCheck check)
{
    private const int MostKept = 50;

    private readonly Dictionary<JobId, string> _secrets = [];

    /// <summary>What to ask of the engine; null where the job is to tell nobody. What goes to the owner's default address is signed by that one's secret.</summary>
    /// <exception cref="InvalidWebhookException">Nothing can be sent there.</exception>
    public async Task<WebhookRequest?> RequestAsync(string owner, WebhookDraft draft)
    {
        if (draft.Address is not { } url)
            return null;
        var request = new WebhookRequest(url, draft.Types, await defaults.SecretOfAsync(owner, url, CancellationToken.None));
        check.Accept(request, JobId.New());
        return request;
    }

    /// <summary>A job was submitted: its secret is kept to be told, where nobody knows it yet.</summary>
    public void Made(Submission submission, WebhookRequest? request)
    {
        if (request is { Secret: null } && submission.Webhook?.Secret is { } secret && _secrets.Count < MostKept)
            _secrets[submission.Snapshot.JobId] = secret;
    }

    /// <summary>The secret of a job's webhook, the first time it is asked for.</summary>
    public string? Take(JobId job) => _secrets.Remove(job, out var secret) ? secret : null;
}
