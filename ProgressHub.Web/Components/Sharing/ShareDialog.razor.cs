using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;

namespace ProgressHub.Web.Components.Sharing;

/// <summary>With whom a job is shared, and sharing it with others. It is there while it is rendered.</summary>
public sealed partial class ShareDialog
{
    /// <inheritdoc/>
    protected override string DialogId { get; } = $"share-{Guid.NewGuid():N}";

    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <summary>Goes away.</summary>
    [Parameter]
    public EventCallback OnClose { get; set; }
}
