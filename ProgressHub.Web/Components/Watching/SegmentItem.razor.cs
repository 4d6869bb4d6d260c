using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Web.Components.Look;

namespace ProgressHub.Web.Components.Watching;

/// <summary>What is said in a stretch of audio. The page's script marks it while it is heard, and plays from it on a click.</summary>
public sealed partial class SegmentItem
{
    private PartialEvent? _rendered;
    private SegmentTimes? _times;

    /// <summary>The segment, as a piece of the result.</summary>
    [Parameter, EditorRequired]
    public PartialEvent Piece { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnParametersSet() => _times = SegmentTimes.Of(Piece);

    /// <inheritdoc/>
    protected override bool ShouldRender() => !ReferenceEquals(_rendered, Piece);

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => _rendered = Piece;

    private static string? Seconds(double? seconds) => seconds?.ToString(CultureInfo.InvariantCulture);

    private static string Clock(double seconds) => Durations.Clock(seconds * 1000);
}
