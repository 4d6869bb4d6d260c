using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;

namespace ProgressHub.Web.Components.Watching;

/// <summary>The answer to a question over a table, on the page of its job.</summary>
public sealed partial class AnalysisView
{
    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;
}
