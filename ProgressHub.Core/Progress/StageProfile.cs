using System.Globalization;

namespace ProgressHub.Core.Progress;

/// <summary>
/// How the work of a stage was spread over its time: at which share of it each twentieth of the work was done, and the first two hundredths. Work that
/// speeds up, waits or comes in waves does so in every run alike, and then what is counted says little without this.
/// </summary>
internal sealed class StageProfile
{
    private const double PerMille = 1000;

    // Where time goes by so much faster than work, that is a wait, and whoever is there has just begun it.
    private const double Wait = 0.1;
    private const double Rounding = 1e-9;

    // The shares of the work: the beginning, where least is known of what is to come, is looked at more closely.
    private static readonly double[] Shares = [0, 0.01, 0.02, .. Enumerable.Range(1, 20).Select(i => i / 20.0)];
    private static readonly int Last = Shares.Length - 1;

    private readonly double[] _times;

    private StageProfile(double[] times) => _times = times;

    /// <summary>As much of the work as of the time, always.</summary>
    public static StageProfile Even { get; } = new(Shares);

    /// <summary>Makes the profile of a stage that is over; null where it counted too little to have one.</summary>
    /// <param name="reports">What was counted, in order: when, in milliseconds of the stage, and the share of the work.</param>
    /// <param name="totalMs">How long the stage took.</param>
    public static StageProfile? Of(IReadOnlyList<(double AtMs, double Share)> reports, double totalMs)
    {
        if (reports.Count < 3 || totalMs <= 0)
            return null;
        var times = new double[Shares.Length];
        var next = 0;
        for (var point = 1; point < Last; point++)
        {
            while (next < reports.Count && reports[next].Share < Shares[point] - Rounding)
                next++;
            times[point] = next < reports.Count ? Math.Clamp(reports[next].AtMs / totalMs, 0, 1) : 1;
        }

        times[Last] = 1;
        return new StageProfile(times);
    }

    /// <summary>Reads what <see cref="ToString"/> wrote; null where that is missing or of another version.</summary>
    public static StageProfile? Parse(string? text)
    {
        if (text?.Split(' ') is not { } parts || parts.Length != Last - 1)
            return null;
        var times = new double[Shares.Length];
        for (var point = 1; point < Last; point++)
        {
            if (!int.TryParse(parts[point - 1], NumberStyles.None, CultureInfo.InvariantCulture, out var time))
                return null;
            times[point] = time / PerMille;
        }

        times[Last] = 1;
        return new StageProfile(times);
    }

    /// <summary>The share of the time, 0..1, that is over once so much of the work is done.</summary>
    public double TimeAt(double share)
    {
        var point = PointAt(share);
        if (point == Last)
            return 1;
        var within = (share - Shares[point]) / (Shares[point + 1] - Shares[point]);
        return _times[point] + (Math.Min(Wait, _times[point + 1] - _times[point]) * Math.Max(0, within));
    }

    /// <summary>The share of the time by which more of the work is done, as a rule.</summary>
    public double NextTimeAt(double share) => _times[Math.Min(Last, PointAt(share) + 1)];

    /// <summary>The times between beginning and end, in thousandths, with blanks between.</summary>
    public override string ToString() => string.Join(' ', _times[1..Last].Select(
        t => Math.Round(t * PerMille).ToString(CultureInfo.InvariantCulture)));

    private static int PointAt(double share)
    {
        var point = Last;
        while (point > 0 && Shares[point] > share + Rounding)
            point--;
        return point;
    }
}
