namespace ProgressHub.Tool.Bars;

/// <summary>
/// Decides which of the numbers a command prints is how far it is. A bar that starts over is a part's and not the whole's;
/// of several the first that never did is the one. Not for several threads at once.
/// </summary>
internal sealed class BarTracker
{
    private const int MostBars = 64;
    private const double Fall = 0.2;

    private readonly List<Bar> _bars = [];
    private readonly MediaClock _clock = new();
    private double _shown = -1;

    /// <summary>Takes a line; what the job's bar shows now, or null where it shows nothing new.</summary>
    /// <param name="line">A line without control codes.</param>
    /// <param name="redrawn">Whether it was drawn over an earlier one.</param>
    /// <param name="row">Where it stands, so that two bars without a name are two; the same for all that stand in the last row.</param>
    public BarReading? Take(string line, bool redrawn, int row = 0)
    {
        var reading = _clock.Take(line) ?? GitPhases.Read(line);
        if (reading is null)
        {
            if (BarReader.Read(line, redrawn) is not { } read || Choose(Note(read, row)) is not { } chosen)
                return null;
            reading = chosen;
        }

        // What the bar has shown it does not take back.
        if (reading.Value.Fraction <= _shown)
            return null;
        _shown = reading.Value.Fraction;
        return reading;
    }

    private Bar Note(BarReading read, int row)
    {
        var bar = _bars.Find(b => b.Row == row && b.Label == read.Label);
        if (bar is null)
        {
            if (_bars.Count == MostBars)
                _bars.RemoveAt(MostBars - 1);
            _bars.Add(bar = new Bar(row, read.Label, read));
        }

        bar.IsSure |= read.Kind == BarKind.Bar || read.Fraction > bar.Last.Fraction;
        bar.StartedOver |= read.Fraction < bar.Last.Fraction - Fall;
        bar.HasWhole |= read.Whole is not null;
        bar.Last = read;
        return bar;
    }

    /// <summary>The bar's reading, where it is the one of all.</summary>
    private BarReading? Choose(Bar bar)
    {
        if (!bar.IsSure)
            return null;
        if (bar is { StartedOver: true, HasWhole: true })
            return bar.Last.Whole is { } whole ? bar.Last with { Fraction = whole, Current = null, Total = null } : null;
        if (bar.StartedOver)
            return null;

        // A bar that was whole when this one began was of a part too: this is the next.
        var first = _bars.Find(b => b is { IsSure: true, StartedOver: false, Last.Fraction: < 1 });
        return first is null || first == bar ? bar.Last : null;
    }

    private sealed class Bar(int row, string label, BarReading last)
    {
        public int Row => row;

        public string Label => label;

        public BarReading Last { get; set; } = last;

        public bool IsSure { get; set; }

        public bool StartedOver { get; set; }

        public bool HasWhole { get; set; }
    }
}
