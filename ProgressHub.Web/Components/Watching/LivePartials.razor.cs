using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;
using ProgressHub.Web.Localization;

namespace ProgressHub.Web.Components.Watching;

/// <summary>The pieces of a result, in their order, as they come; a gap says what is still being worked on.</summary>
public sealed partial class LivePartials
{
    /// <summary>The job.</summary>
    [Parameter, EditorRequired]
    public JobSnapshot Job { get; set; } = null!;

    /// <summary>The pieces to show, by index.</summary>
    [Parameter, EditorRequired]
    public IReadOnlyList<PartialEvent> Items { get; set; } = [];

    /// <summary>Whether there are earlier ones that can be shown.</summary>
    [Parameter]
    public bool CanShowEarlier { get; set; }

    /// <summary>Asks for earlier ones.</summary>
    [Parameter]
    public EventCallback OnShowEarlier { get; set; }

    private string Counts
    {
        get
        {
            var (ok, failed, total) = Job.Partials;
            if (ok + failed == 0 && total is null)
                return "";
            var done = total is { } all ? UiText.Of("{0} of {1}", Number(Math.Min(ok, all)), Number(all)) : Number(ok);
            return failed > 0 ? UiText.Of("{0}, {1} failed", done, Number(failed)) : done;
        }
    }

    private IEnumerable<(PartialEvent Piece, int Missing)> WithGaps()
    {
        var expected = CanShowEarlier ? Items[0].Index : 0;
        foreach (var piece in Items)
        {
            yield return (piece, piece.Index - expected);
            expected = piece.Index + 1;
        }
    }

    private string Missing(int count) => Job.IsFinal
        ? UiText.Plural(count, UiText.Key("1 item was not done"), UiText.Key("{0:N0} items were not done"))
        : UiText.Plural(count, UiText.Key("1 item is being worked on"), UiText.Key("{0:N0} items are being worked on"));

    private static string Number(int value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
