using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Core.Execution;
using ProgressHub.Core.Jobs;
using ProgressHub.Web.Components.Hosting;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Results;

/// <summary>What a job was given, or what came of it, read from the store when it is looked at.</summary>
public sealed partial class JobDocument
{
    private ResultDocument? _document;
    private bool _isRead;
    private (JobId Id, string? Result)? _shown;

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <summary>Whether its input is shown, and not its result.</summary>
    [Parameter]
    public bool IsInput { get; set; }

    /// <summary>What to show where there is none.</summary>
    [Parameter]
    public RenderFragment? Empty { get; set; }

    [Inject]
    private JobService Jobs { get; set; } = null!;

    [Inject]
    private ICaller Caller { get; set; } = null!;

    private string Heading => IsInput ? UiText.Of("Input") : UiText.Of("Result");

    private string? Address => (IsInput ? null : Job.ResultUrl)?.TrimStart('/');

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (Job.JobId, Job.ResultUrl))
            return;
        _shown = (Job.JobId, Job.ResultUrl);
        try
        {
            _document = IsInput ? await ReadInputAsync()
                : Job.ResultUrl is null ? null
                : await Jobs.ReadResultAsync(Job.JobId, Caller.Owner, soFar: false, CancellationToken.None);
            _isRead = true;
        }
        catch (StorageUnavailableException)
        {
            _shown = null; // the next rendering tries again
        }
    }

    private async Task<ResultDocument?> ReadInputAsync() =>
        await Jobs.ReadInputAsync(Job.JobId, Caller.Owner, CancellationToken.None) is { } input
            ? new ResultDocument("application/json", "input.json", input)
            : null;
}
