namespace ProgressHub.Core.Workloads.Analysis.Sandbox;

/// <summary>Numbers to find the middle of. They are kept, so all of a query's together are bounded.</summary>
internal sealed class Numbers(Numbers.Room room)
{
    private readonly List<double> _all = [];

    public void Add(double? number)
    {
        if (number is not { } value || !double.IsFinite(value))
            return;
        room.Take();
        _all.Add(value);
    }

    public double? Median()
    {
        if (_all.Count == 0)
            return null;
        room.Give(_all.Count);
        _all.Sort();
        var middle = _all.Count / 2;
        return _all.Count % 2 == 1 ? _all[middle] : (_all[middle - 1] + _all[middle]) / 2;
    }

    /// <summary>How many numbers a query may still keep.</summary>
    internal sealed class Room
    {
        private const int MaxNumbers = 8_000_000;
        private int _kept;

        public void Take()
        {
            if (_kept++ >= MaxNumbers)
                throw new InvalidOperationException($"medians take at most {MaxNumbers} numbers at once");
        }

        public void Give(int count) => _kept -= count;
    }
}
