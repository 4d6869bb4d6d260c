using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Web.Components.Shared;

namespace ProgressHub.Web.Components.Watching;

/// <summary>What is said in a stretch of audio. The page's script marks it while it is heard, and plays from it on a click.</summary>
public sealed partial class SegmentItem
{
    private PartialEvent? _rendered;
    private PlayedSegment? _times;
    private string? _speaker;
    private IReadOnlyList<PlayedWord> _words = [];

    /// <summary>The segment, as a piece of the result.</summary>
    [Parameter, EditorRequired]
    public PartialEvent Piece { get; set; } = null!;

    /// <inheritdoc/>
    protected override void OnParametersSet()
    {
        _times = PlayedSegment.Of(Piece);
        _speaker = Piece is { Data: { ValueKind: JsonValueKind.Object } data } && data.TryGetProperty("speaker", out var speaker)
            && speaker.ValueKind == JsonValueKind.String ? speaker.GetString() : null;
        _words = PlayedWord.AllOf(Piece);
    }

    /// <inheritdoc/>
    protected override bool ShouldRender() => !ReferenceEquals(_rendered, Piece);

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender) => _rendered = Piece;

    private static string? Seconds(double? seconds) => seconds?.ToString(CultureInfo.InvariantCulture);

    private static string Clock(double seconds) => Durations.Clock(seconds * 1000);
}
