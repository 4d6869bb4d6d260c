namespace ProgressHub.Core.Events;

/// <summary>
/// What the log says of each piece of the result. The writer knows it so that the events can say what they replace, and
/// no snapshot needs a list of pieces: a ring holds a snapshot for each of its frames.
/// </summary>
internal sealed partial class EventWriter
{
    private readonly Dictionary<int, bool> _pieces = [];

    /// <summary>Tells of a piece that earlier attempts put into the log.</summary>
    public void Recall(PartialEvent piece)
    {
        lock (_gate)
            _pieces[piece.Index] = piece.Ok;
    }

    private JobEvent Replacing(JobEvent jobEvent) => jobEvent is PartialEvent piece
        ? piece with
        {
            Replaces = _pieces.TryGetValue(piece.Index, out var ok) ? ok ? "ok" : "failed" : null,
        }
        : jobEvent;

    private void Remember(JobEvent placed)
    {
        if (placed is PartialEvent piece)
            _pieces[piece.Index] = piece.Ok;
    }
}
