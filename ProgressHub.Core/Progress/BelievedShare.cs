namespace ProgressHub.Core.Progress;

/// <summary>
/// The share of a stage that its bar shows where the total may still grow: a total that is complete as soon as it is heard of
/// is not believed yet, and one that grows changes how quickly the bar goes on from where it stands, not where it ends.
/// </summary>
internal sealed class BelievedShare
{
    private double _total;
    private double _shown;
    private double _fromShown;
    private double _fromShare;

    /// <summary>What to show for a report, 0..1; null where its handler gives no share.</summary>
    public double? Of(ProgressUpdate update)
    {
        if (update.StageFraction is not { } share)
            return null;
        if (update.Fraction is not null || update.Total is not { } total)
            return share;
        if (total > _total)
        {
            var isFirst = _total == 0;
            _total = total;
            if (share >= 1)
                return _shown;
            if (!isFirst && Shown(share) < _shown)
                (_fromShown, _fromShare) = (_shown, share);
        }

        _shown = Math.Max(_shown, Shown(share));
        return _shown;
    }

    private double Shown(double share) => _fromShare >= 1
        ? _fromShown
        : _fromShown + ((1 - _fromShown) * Math.Max(0, share - _fromShare) / (1 - _fromShare));
}
