using ProgressHub.Workloads.Analysis.Tables.Cells;

namespace ProgressHub.Workloads.Analysis.Tables.Columns;

/// <summary>What the cells of a column have in common as numbers.</summary>
internal sealed class NumberFacts
{
    private const int MaxUnits = 4;
    private readonly HashSet<string> _units = new(StringComparer.Ordinal);
    private bool _dressed;
    private bool _bareNotZero;
    private bool _bareExponent;
    private bool _sawPoint;

    /// <summary>Whether all cells so far are numbers where decimals stand behind a point.</summary>
    public bool Point { get; private set; } = true;

    /// <summary>Whether all cells so far are numbers where decimals stand behind a comma.</summary>
    public bool Comma { get; private set; } = true;

    /// <summary>Whether there is a cell whose value depends on the reading.</summary>
    public bool Differ { get; private set; }

    /// <summary>Whether all cells that depend on the reading have a comma and three digits, as thousands have.</summary>
    public bool OnlyCommaThousands { get; private set; } = true;

    /// <summary>Whether any cell is a name made of digits.</summary>
    public bool HasCodes { get; private set; }

    /// <summary>Whether thousands are parted by a mere space, as some telephone numbers are.</summary>
    public bool HasSpaces { get; private set; }

    /// <summary>The digits before and behind the decimal sign, at most, under each reading.</summary>
    public NumberSize PointSize { get; private set; }

    /// <summary>As <see cref="PointSize"/>.</summary>
    public NumberSize CommaSize { get; private set; }

    /// <summary>Whether all cells so far are plain: a sign, digits, a point at most.</summary>
    public bool IsPlain { get; private set; } = true;

    /// <summary>Whether any cell can still be a number.</summary>
    public bool IsAlive => Point || Comma;

    /// <summary>Whether exponents without a sign make the cells codes, such as 12E3, rather than numbers.</summary>
    public bool ExponentsAreCodes => _bareExponent && !_sawPoint;

    /// <summary>The currency or percent sign that every cell has; null where there is none.</summary>
    public string? Unit => _units.Count == 1 && !_bareNotZero ? _units.First() : null;

    /// <summary>Units that can't be summed up together: several, or on some cells only.</summary>
    public IReadOnlyCollection<string> MixedUnits => _units.Count > 1 || (_units.Contains("%") && _bareNotZero) ? _units : [];

    /// <summary>Whether some cells have the one unit and others have none.</summary>
    public bool UnitOnSome => _units.Count == 1 && _bareNotZero && _dressed;

    /// <summary>Takes a cell that is not missing.</summary>
    public void Add(ReadOnlySpan<char> cell)
    {
        if (PlainNumber.TryRead(cell, out var whole, out var decimals))
        {
            // Without a point both readings have it; with one, as many digits as thousands have were not let through.
            PointSize = PointSize.With(whole, decimals);
            CommaSize = CommaSize.With(whole, 0);
            Comma &= decimals == 0;
            _sawPoint |= decimals > 0;
            AddUnit(null, cell);
            return;
        }

        IsPlain = false;
        var number = NumberCell.Read(cell);
        Point &= number.Point.IsValid;
        Comma &= number.Comma.IsValid;
        if (!IsAlive)
            return;
        HasCodes |= number.IsCode;
        var (point, comma) = (number.Point, number.Comma);
        PointSize = PointSize.With(point);
        CommaSize = CommaSize.With(comma);
        HasSpaces |= point.Grouping == ' ' || comma.Grouping == ' ';
        _bareExponent |= point.IsBareExponent || comma.IsBareExponent;
        _sawPoint |= point.HasPoint || comma.HasPoint;
        if (point.IsValid && comma.IsValid && (point.HasPoint || comma.HasPoint))
        {
            Differ = true;
            OnlyCommaThousands &= comma.HasPoint && comma.Decimals == 3;
        }

        AddUnit(number.Unit, cell);
    }

    private void AddUnit(string? unit, ReadOnlySpan<char> cell)
    {
        if (unit is null)
        {
            // Nought is nought in any unit.
            _bareNotZero = _bareNotZero || cell.ContainsAnyInRange('1', '9');
            return;
        }

        _dressed = true;
        if (_units.Count < MaxUnits)
            _units.Add(unit);
    }
}

/// <summary>How many digits the largest numbers of a column have.</summary>
/// <param name="Whole">Before the decimal sign.</param>
/// <param name="Decimals">Behind it.</param>
/// <param name="HasExponent">Whether any has an exponent.</param>
internal readonly record struct NumberSize(int Whole, int Decimals, bool HasExponent)
{
    public NumberSize With(int whole, int decimals) =>
        whole <= Whole && decimals <= Decimals ? this : this with { Whole = Math.Max(Whole, whole), Decimals = Math.Max(Decimals, decimals) };

    public NumberSize With(NumberShape shape) => new(
        Math.Max(Whole, shape.WholeDigits), Math.Max(Decimals, shape.Decimals), HasExponent || shape.HasExponent);
}
