using System.Globalization;
using Microsoft.AspNetCore.Components;
using ProgressHub.Core.Events;

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
            var done = total is { } all ? $"{Number(Math.Min(ok, all))} of {Number(all)}" : Number(ok);
            return failed > 0 ? $"{done}, {Number(failed)} failed" : done;
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
        ? count == 1 ? "1 piece was not done" : $"{count} pieces were not done"
        : count == 1 ? "1 piece is being worked on" : $"{count} pieces are being worked on";

    private static string Number(int value) => value.ToString("#,0", CultureInfo.InvariantCulture);
}
