using ProgressHub.Tool.Bars;
using ProgressHub.Tool.Server;

namespace ProgressHub.Tool.Reporting;

/// <summary>
/// What a command has said and the server does not know yet. Bounded: where the server is away for long, the oldest lines
/// go, and how many is said in their place. For several threads at once.
/// </summary>
internal sealed class Spool
{
    private const int MostLines = 20_000;
    private const int MostAtOnce = 500;
    private const int MostMessage = 200;

    private readonly Lock _gate = new();
    private readonly Queue<Line> _lines = new();
    private BarReading? _progress;
    private long _number;
    private int _lost;

    /// <summary>Whether there is anything to tell.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (_gate)
                return _lines.Count == 0 && _progress is null;
        }
    }

    public void Add(string line, string level = "info")
    {
        lock (_gate)
        {
            if (_lines.Count == MostLines)
            {
                _lines.Dequeue();
                _lost++;
            }

            _lines.Enqueue(new Line(line, level));
        }
    }

    /// <summary>How far the command is; a later one replaces it.</summary>
    public void Set(BarReading progress)
    {
        lock (_gate)
            _progress = progress;
    }

    /// <summary>The next update, with a number of its own: it may be sent again until it is answered.</summary>
    public Update Take()
    {
        lock (_gate)
        {
            var lines = new List<Line>();
            if (_lost > 0)
                lines.Add(new Line($"{_lost} lines are missing here: the server was away for too long.", "warning"));
            _lost = 0;
            while (lines.Count < MostAtOnce && _lines.TryDequeue(out var line))
                lines.Add(line);
            var progress = _progress;
            _progress = null;
            var label = progress?.Label is { Length: > 0 } words ? words[..Math.Min(words.Length, MostMessage)] : null;
            return progress is { Current: { } current, Total: { } total }
                ? new Update(++_number, lines, Current: current, Total: total, Message: label)
                : new Update(++_number, lines, progress?.Fraction, Message: label);
        }
    }
}
