using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;

namespace ProgressHub.Web.Components.Acting;

/// <summary>A job's tags, to be changed from where the job is one of many. It is there while it is rendered.</summary>
public sealed partial class TagDialog
{
    private JobSnapshot _job = null!;

    /// <inheritdoc/>
    protected override string DialogId { get; } = $"tags-{Guid.NewGuid():N}";

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <summary>Its tags are others now.</summary>
    [Parameter]
    public EventCallback OnChanged { get; set; }

    /// <summary>Goes away.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }

    /// <inheritdoc/>
    protected override void OnInitialized() => _job = Job;

    private Task ChangedAsync(JobSnapshot after)
    {
        _job = after;
        return OnChanged.InvokeAsync();
    }
}
