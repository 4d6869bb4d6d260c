using Microsoft.AspNetCore.Components;

namespace ProgressHub.Web.Components.Watching;

/// <summary>The lines of a paragraph or a quotation.</summary>
public sealed partial class AnswerLines
{
    /// <summary>The paragraph or quotation.</summary>
    [Parameter, EditorRequired]
    public AnswerBlock Block { get; set; } = null!;
}
