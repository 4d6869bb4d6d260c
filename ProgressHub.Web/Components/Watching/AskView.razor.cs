using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;

namespace ProgressHub.Web.Components.Watching;

/// <summary>The answer to a question over documents, as it is written, and the passages it rests on.</summary>
public sealed partial class AskView
{
    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <summary>The pieces so far: first what was found, then the answer in order.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<PartialEvent> Items { get; set; } = [];

    /// <summary>Whether there are pieces before those.</summary>
    [Parameter]
    public bool CanShowEarlier { get; set; }

    /// <summary>Asks for the pieces before those.</summary>
    [Parameter]
    public EventCallback OnShowEarlier { get; set; }

    private AskFindings Findings { get; set; } = AskFindings.None;

    private IReadOnlyList<AnswerBlock> Blocks { get; set; } = [];

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        Findings = AskFindings.Of(Items);
        Blocks = CitedText.Parse(string.Concat(Items.Where(piece => piece.Ok).Select(piece => piece.Text)));
    }

    // From 0 to 1, as the sentence below it says.
    private static string Share(double share) => share.ToString("0.00", CultureInfo.InvariantCulture);
}
