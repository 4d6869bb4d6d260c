using Microsoft.AspNetCore.Components;

namespace ProgressHub.Web.Components.Shared;

/// <summary>What is wrong with the field above; the field names it as its description.</summary>
public sealed partial class FieldProblem
{
    /// <summary>What the field's <c>aria-describedby</c> says.</summary>
    [Parameter, EditorRequired]
    public string Id { get; set; } = "";

    /// <summary>What is wrong; null for nothing.</summary>
    [Parameter]
    public string? Text { get; set; }
}
