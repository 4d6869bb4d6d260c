using System.Globalization;
using ProgressHub.Workloads.Analysis.Tables.Cells;

namespace ProgressHub.Workloads.Analysis.Tables.Columns;

/// <summary>What is learned of a column while all its cells go by: a type counts where every cell that says something has it.</summary>
internal sealed class ColumnFacts
{
    private const int MaxMarks = 10;
    private readonly Dictionary<string, long> _marks = new(StringComparer.Ordinal);
    private int _pairs = YesNo.AllPairs;
    private bool _yes;
    private bool _no;

    public NumberFacts Numbers { get; } = new();

    public DateFacts Dates { get; } = new();

    public WordFacts Words { get; } = new();

    /// <summary>How many cells say something, whatever the column is.</summary>
    public long Filled { get; private set; }

    /// <summary>Whether any cell has a mark for a missing value.</summary>
    public bool HasMarks { get; private set; }

    /// <summary>How many cells have a mark that may mean that something is missing, by mark.</summary>
    public IReadOnlyDictionary<string, long> Marks => _marks;

    /// <summary>Whether all cells say yes or no in the same words; letters only where both are there.</summary>
    public bool IsYesNo { get; private set; } = true;

    /// <summary>Whether all cells are days in eight digits.</summary>
    public bool IsCompactDate { get; private set; } = true;

    /// <summary>Whether all cells can be days as Excel counts them, of 1954 to 2119.</summary>
    public bool IsSerialDate { get; private set; } = true;

    /// <summary>Whether both words of the pair are there, or the one is long enough to be sure.</summary>
    public bool IsSureYesNo => Filled > 0 && IsYesNo && ((_yes && _no) || !_short);

    /// <summary>Whether all cells are the same short word of a pair, such as NO: it may be a code, and Norway.</summary>
    public bool MayBeCode => IsYesNo && _yes != _no && _two;

    private bool _short = true;
    private bool _two = true;

    /// <summary>Takes the next cell, trimmed.</summary>
    public void Add(ReadOnlySpan<char> cell)
    {
        if (cell.IsEmpty)
            return;
        var mayBeMark = MissingMarks.MayBe(cell);
        if ((!mayBeMark || _marks.Count == 0) && Words.Has(cell))
        {
            // Nothing new: the same text went all the way before, and was no mark. What is learned of a cell does not change
            // when it comes again; only marks are counted.
            Filled++;
            return;
        }

        if (mayBeMark && MissingMarks.IsMissing(cell))
        {
            HasMarks = true;
            return;
        }

        Words.Add(cell);
        if (mayBeMark && MissingMarks.IsPerhapsMissing(cell, out var mark) && (_marks.ContainsKey(mark!) || _marks.Count < MaxMarks))
        {
            HasMarks = true;
            _marks[mark!] = _marks.GetValueOrDefault(mark!) + 1;
            return;
        }

        Filled++;
        if (IsYesNo)
            AddYesNo(cell);
        if (IsSerialDate)
            IsSerialDate = double.TryParse(cell, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var days) && days is >= 20_000 and < 80_000;
        if (IsCompactDate)
            IsCompactDate = DateReading.Compact(cell) is not null;
        if (Numbers.IsAlive)
            Numbers.Add(cell);
        if (Dates.IsAlive)
            Dates.Add(cell);
    }

    private void AddYesNo(ReadOnlySpan<char> cell)
    {
        var pairs = YesNo.PairsOf(cell, out var yes);
        _pairs &= pairs;
        IsYesNo = _pairs != 0;
        _yes |= yes;
        _no |= !yes;
        _short &= cell.Length == 1;
        _two &= cell.Length == 2;
    }
}
