using Microsoft.AspNetCore.Components;
using ProgressHub.Workloads.Knowledge.Collections;

namespace ProgressHub.Web.Components.Collections;

/// <summary>One collection of a list.</summary>
public sealed partial class CollectionCard
{
    /// <summary>The collection.</summary>
    [Parameter, EditorRequired]
    public Collection Collection { get; set; } = null!;

    /// <summary>It is gone.</summary>
    [Parameter]
    public EventCallback OnDeleted { get; set; }

    [Inject]
    private TimeProvider Time { get; set; } = null!;
}
