using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Jobs;

namespace ProgressHub.Web.Components.Webhooks;

/// <summary>The secret of a job's webhook that was made when the job was submitted, once.</summary>
public sealed partial class NewSecret
{
    private string? _secret;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobId JobId { get; set; }

    [Inject]
    private FormWebhooks Webhooks { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnInitialized() => _secret = Webhooks.Take(JobId);
}
