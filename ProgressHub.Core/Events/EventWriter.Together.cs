namespace ProgressHub.Core.Events;

/// <summary>Events that belong together: on disk in one commit, whatever happens.</summary>
internal sealed partial class EventWriter
{
    private bool _together;

    /// <summary>Appends all that <paramref name="append"/> appends so that it is committed together.</summary>
    /// <returns>The <c>seq</c> reached; null after the end.</returns>
    public long? AppendTogether(Action append)
    {
        long? reached;
        lock (_gate)
        {
            if (_closed)
                return null;

            // The lock is held throughout, so that the pump can't take a part of it for its next batch.
            _together = true;
            try
            {
                append();
            }
            finally
            {
                _together = false;
            }

            reached = _draft.Seq;
            if (_pumping || _pending.Count == 0)
                return reached;
            _pumping = true;
        }

        _ = PumpAsync();
        return reached;
    }
}
