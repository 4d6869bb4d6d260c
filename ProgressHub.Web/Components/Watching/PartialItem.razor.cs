using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;

namespace ProgressHub.Web.Components.Watching;

/// <summary>One piece of a result.</summary>
public sealed partial class PartialItem
{
    private PartialEvent? _rendered;

    /// <summary>The piece.</summary>
    [Parameter, EditorRequired]
    public PartialEvent Piece { get; set; } = null!;

    // The empty lines between two pieces belong to the text, but would only be a hole in the list.
    private string? Content => Piece.Text?.TrimEnd('\r', '\n') ?? Piece.Data?.GetRawText();

    /// <inheritdoc/>
    protected override bool ShouldRender() => !ReferenceEquals(_rendered, Piece);

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => _rendered = Piece;
}
