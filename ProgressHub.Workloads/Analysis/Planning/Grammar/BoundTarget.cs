using ProgressHub.Workloads.Analysis.Planning.Language;
using ProgressHub.Workloads.Analysis.Planning.Queries;
using ProgressHub.Workloads.Analysis.Planning.Terms;
using ProgressHub.Workloads.Analysis.Tables;

namespace ProgressHub.Workloads.Analysis.Planning.Grammar;

/// <summary>Finds what a bound is of: what stands before it, what follows it, or what its adjective measures; of rows or of groups.</summary>
internal sealed class BoundTarget(Sentence sentence, Draft draft)
{
    private const int Reach = 5;

    public void Add(Bound bound)
    {
        if (bound.Adjective is { } adjective && Concept(adjective, bound.At) is { } measured)
        {
            var inUnit = Convert(bound, measured) ?? bound;
            TakeUnit(inUnit, measured);
            Compare(new Expr.Of(measured), inUnit, bound.At);
            return;
        }

        var left = LeftOf(bound.At);
        if (left >= 0 && (ExprAt(left) switch { Expr.Of { Column: var measuredIn } => Convert(bound, measuredIn), Expr.Days => InDays(bound), _ => null }) is { } same)
            bound = same;
        var right = left >= 0 ? -1 : RightOf(bound.End);
        var at = left >= 0 ? left : right;
        if (at < 0)
        {
            if (!Different(bound))
                Alone(bound);
            return;
        }

        if (IsCounted(at) && (bound.Column is not null || bound.Beside is not null))
        {
            sentence.Refuse($"It does not say what of the {sentence[at].Raw} is to be compared.");
            return;
        }

        if (IsCounted(at))
        {
            sentence.Take("bound of groups", at, HowMany(at));
            TakeUnit(bound, null);
            Group(new Measure.Rows(), bound);
            return;
        }

        var expr = ExprAt(at);
        if (expr is null)
            return;
        TakeUnit(bound, expr.Columns.FirstOrDefault());
        sentence.Take("bound", at);
        var before = sentence.Previous(at);
        // "An average number of visits below 12".
        if (sentence.Lex(before) == Lex.HowMany && !sentence[at].IsRow && AggregateGrammar.StatisticOf(sentence.Lex(sentence.Previous(before))) is not null && IsGrouped)
        {
            sentence.Take("bound of groups", before);
            before = sentence.Previous(before);
        }

        var statistic = AggregateGrammar.StatisticOf(sentence.Lex(before) == Lex.On ? sentence[sentence.Previous(before)].Lex : sentence.Lex(before));
        var isAfter = right >= 0;
        if (statistic is { } of && (IsGrouped || IsTest) && bound.Beside is null)
        {
            sentence.Take("bound of groups", before, sentence.Lex(before) == Lex.On ? sentence.Previous(before) : before);
            Group(new Measure.Of(of, expr), bound);
        }
        else if (isAfter && IsGrouped && !sentence.Has(Lex.HowMany) && bound.Beside is null && expr is Expr.Of { Column: var column } && column.AddsUp() == true)
        {
            sentence.Notes.Add($"Bounded is the total {column.Name} of each group.");
            Group(new Measure.Of(Statistic.Sum, expr), bound);
        }
        else
        {
            Compare(expr, bound, at);
        }
    }

    /// <summary>The nearest piece before a bound that it can be of; -1 where there is none.</summary>
    public int LeftOf(int at)
    {
        for (var (i, steps) = (at - 1, 0); i >= 0 && steps < Reach; i--, steps++)
        {
            var item = sentence[i];
            if (IsMeasured(i))
                return i;
            if (item.IsRow && sentence.IsFree(i) && HowMany(i) >= 0 && IsGrouped)
                return i;
            // "The bill of patients over 65" is of the patients.
            if (sentence.IsFree(i) && item.Column is not null && item.Lex == Lex.None)
                return -1;
            if (item.Words[0].Kind is WordKind.Comma or WordKind.Stop || item.Lex is Lex.And or Lex.Or or Lex.HowMany or Lex.Which || (item.IsRow && i < at - 1) || item.IsUnknown || item.Number is not null)
                return -1;
        }

        return -1;
    }

    // "Warehouses with more than 30 products": so many different ones.
    private bool Different(Bound bound)
    {
        var at = sentence.Next(bound.End);
        if (!IsGrouped || bound.Beside is not null || bound.Adjective is not null || !sentence.IsFree(at) || !sentence[at].Raw.EndsWith('s')
            || sentence[at].ColumnsWhere(c => c.IsCategory() && c.Type == ColumnType.Text) is not [var column])
        {
            return false;
        }

        sentence.Take("bound of groups", at);
        Group(new Measure.Of(Statistic.Distinct, new Expr.Of(column)), bound);
        return true;
    }

    private int RightOf(int end)
    {
        for (var (i, steps) = (sentence.Next(end), 0); i < sentence.Count && steps < 3; i = sentence.Next(i), steps++)
        {
            if (IsMeasured(i) || (sentence.IsFree(i) && (sentence[i].IsRow || sentence[i].Lex == Lex.Row)))
                return i;
            if (sentence[i].Lex is not (Lex.In or Lex.On or Lex.Sum or Lex.Unit) && sentence[i].Values.Count == 0)
                return -1;
        }

        return -1;
    }

    private bool IsMeasured(int i) => sentence.IsFree(i) && (sentence[i].Formula is not null || (sentence[i].ColumnsWhere(c => c.IsNumber && !c.IsIdentifier()).Count > 0 && !IsGroupWord(i)));

    private bool IsGroupWord(int i) => sentence[sentence.Previous(i)].Lex is Lex.By or Lex.Each;

    private bool IsCounted(int at) => (sentence[at].IsRow || sentence[at].Lex == Lex.Row) && sentence[at].ColumnsWhere(c => c.IsMeasure()).Count == 0;

    private int HowMany(int at) => sentence[sentence.Previous(at)].Lex == Lex.HowMany ? sentence.Previous(at) : -1;

    // What asks for groups: a key that is named, or one of which a question is asked.
    private bool IsGrouped => Enumerable.Range(0, sentence.Count).Any(i =>
        sentence[i].Lex is Lex.By or Lex.Each || ((sentence[i].Lex is Lex.Which or Lex.What or Lex.Who or Lex.List || (i == 0 && sentence[i].Lex != Lex.HowMany)) && GroupAt(i)));

    // "Is the average price above 100?"
    private bool IsTest => sentence[0].Lex is Lex.Is or Lex.Did;

    private bool GroupAt(int i)
    {
        var at = sentence[i].Column is null ? sentence.Next(i) : i;
        while (sentence[at].Lex is Lex.All or Lex.Distinct)
            at = sentence.Next(at);
        return sentence[i].Lex == Lex.Who || ((!sentence[at].IsRow || sentence[at].ColumnsWhere(c => c.IsCategory()).Count > 0) && (sentence[at].ColumnsWhere(c => c.IsCategory()).Count > 0 || sentence[at].Bucket is not null));
    }

    private Expr? ExprAt(int at)
    {
        if (sentence[at].Formula is { } formula)
            return formula;
        return sentence.Choose(at, sentence[at].ColumnsWhere(c => c.IsNumber)) is { } column ? new Expr.Of(column) : null;
    }

    private TableColumn? Concept(Adjective adjective, int at)
    {
        foreach (var concept in adjective.Concepts)
        {
            if (sentence.Terms.ColumnsOfConcept(concept).Where(c => c.IsMeasure()).ToList() is { Count: > 0 } columns)
                return sentence.Choose(at, columns);
        }

        return null;
    }

    // The bound stands alone: what it is of is what the question computes, where that is clear.
    private void Alone(Bound bound)
    {
        TakeUnit(bound, null);
        // "Below 40 or above 95": of the same.
        if (sentence[sentence.Previous(bound.At)].Lex is Lex.And or Lex.Or && draft.Filters is [.., { Condition: Condition.Compare { Left: var same } }])
        {
            Compare(same, bound, bound.At);
            return;
        }

        var numbers = sentence.Terms.Table.Columns.Where(c => c.IsMeasure()).ToList();
        if (numbers.Count == 0)
        {
            sentence.Refuse("It bounds a number, and the table has none.");
            return;
        }

        // "With a total of more than 1,500", where only one number can be meant.
        var before = sentence.Previous(bound.At);
        before = sentence.Lex(before) == Lex.On ? sentence.Previous(before) : before;
        if (IsGrouped && numbers is [var only] && AggregateGrammar.StatisticOf(sentence.Lex(before)) is { } statistic)
        {
            sentence.Take("bound of groups", before);
            Group(new Measure.Of(statistic, new Expr.Of(only)), bound);
            return;
        }

        var unit = sentence[bound.End].Stem;
        // "Bookings of more than a week": the one column of such a unit, or the days from the one time to the other.
        var related = numbers.Where(c => UnitWords.Factor(c, unit) is { } factor && !double.IsNaN(factor)).ToList();
        if (related is [var converted] && Convert(bound, converted) is { } said)
        {
            Compare(new Expr.Of(converted), said, bound.At);
            return;
        }

        if (related.Count == 0 && UnitWords.InDays(unit) is not null && Spans.Days(sentence.Terms.Table) is { } span && InDays(bound) is { } days)
        {
            sentence.Notes.Add($"'{sentence[bound.At].Raw}' bounds the days from {span.From.Name} to {span.To.Name}.");
            Compare(span, days, bound.At);
            return;
        }

        var inUnit = numbers.Where(c => UnitWords.IsOf(c, unit)).ToList();
        // "Amounts not flagged between 100 and 200": of the one number that is spoken of.
        var spoken = numbers.Where(c => Enumerable.Range(0, sentence.Count).Any(i => sentence[i].Column is { Likeness: <= Likeness.Part, Columns: [var only2] } && only2 == c)).ToList();
        if (inUnit.Count != 1 && spoken is [var measured] && bound.End > bound.At && sentence[bound.End].Number is null && UnitWords.Fits(measured, unit))
        {
            sentence.Notes.Add($"'{sentence[bound.At].Raw} {ExprText(bound.Value)}' bounds {measured.Name}.");
            Compare(new Expr.Of(measured), bound, bound.At);
            return;
        }

        if (sentence.Choose(bound.At, inUnit.Count == 1 ? inUnit : numbers, $"Of which column is '{sentence[bound.At].Raw} {ExprText(bound.Value)}' a bound?") is { } column)
            Compare(new Expr.Of(column), bound, bound.At);
    }

    private static string ExprText(double value) => value.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private void TakeUnit(Bound bound, TableColumn? column)
    {
        if (!sentence.IsFree(bound.End) && bound.End > bound.At && sentence.PartOf(bound.End) == "bound")
            return;
        var stem = sentence[bound.End].Stem;
        if (column is not null && !UnitWords.Fits(column, stem))
            return;
        if (column is { Unit: null } && column.UnitWord() is null && sentence.IsFree(bound.End) && UnitWords.IsUnit(stem) && sentence[bound.End].Lex != Lex.Unit)
            sentence.Notes.Add($"{column.Name} names no unit; it was taken to be in {sentence[bound.End].Raw}.");
        sentence.Take("unit", bound.End);
    }

    // "More than 2 hours" of a column in minutes is more than 120; of one in euros it is nothing.
    private Bound? Convert(Bound bound, TableColumn column)
    {
        if (bound.Beside is not null || bound.Column is not null)
            return null;
        if (UnitWords.Factor(column, sentence[bound.End].Stem) is not { } factor)
            return InThousands(bound, column);
        if (factor == 1)
            return null;
        if (double.IsNaN(factor))
        {
            sentence.Refuse($"{column.Name} is in {column.UnitWord()}, and not in {sentence[bound.End].Raw}.");
            return null;
        }

        var converted = bound with { Value = bound.Value * factor, Upper = bound.Upper * factor };
        sentence.Notes.Add(string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{bound.Value:0.####} {sentence[bound.End].Raw} were read as {converted.Value:0.####} {column.UnitWord()} of {column.Name}."));
        sentence.Take("unit", bound.End);
        return converted;
    }

    // "More than 2 weeks" between two days; a month has no fixed length.
    private Bound? InDays(Bound bound)
    {
        if (bound.Beside is not null || bound.Column is not null || sentence[bound.End].Number is not null)
            return null;
        if (UnitWords.InDays(sentence[bound.End].Stem) is not { } days)
        {
            sentence.Refuse($"Days can't be compared with {sentence[bound.End].Raw}; say how many days.");
            return null;
        }

        sentence.Take("unit", bound.End);
        return bound with { Value = bound.Value * days, Upper = bound.Upper * days };
    }

    // "Over 2 million" of a column in thousands: what it could never be as it stands.
    private Bound? InThousands(Bound bound, TableColumn column)
    {
        var scale = column.UnitWord() switch { "keur" or "kusd" => 1e3, "meur" or "musd" => 1e6, _ => 1 };
        if (scale == 1 || !double.TryParse(column.Max, System.Globalization.CultureInfo.InvariantCulture, out var max) || bound.Value <= max || bound.Value < scale)
            return null;
        sentence.Notes.Add($"{column.Name} is in {column.UnitWord()}; {ExprText(bound.Value)} was taken as {ExprText(bound.Value / scale)} of them.");
        return bound with { Value = bound.Value / scale, Upper = bound.Upper / scale };
    }

    private void Compare(Expr left, Bound bound, int at)
    {
        double Value(double value) => bound.IsPercent && left is Expr.Of { Column: var c } && IsFraction(c) ? value / 100 : value;
        if (bound.Beside is { } statistic)
        {
            var said = sentence.Next(bound.End);
            if (sentence.IsFree(said) && left is Expr.Of of && sentence[said].ColumnsWhere(c => c == of.Column).Count > 0)
                sentence.Take("bound", said);
            draft.Filters.Add(new FilterPart(new Condition.Beside(left, bound.Sign, new Measure.Of(statistic, left)), null, at));
        }
        else if (bound.Column is { } column)
        {
            draft.Filters.Add(new FilterPart(new Condition.Compare(left, bound.Sign, new Expr.Of(column)), null, at));
        }
        else
        {
            var low = new Condition.Compare(left, bound.Sign, new Expr.Number(Value(bound.Value)));
            Condition condition = bound.Upper is { } upper ? new Condition.All([low, new Condition.Compare(left, "<=", new Expr.Number(Value(upper)))]) : low;
            draft.Filters.Add(new FilterPart(condition, left is Expr.Of one ? one.Column : null, at));
        }
    }

    private void Group(Measure measure, Bound bound)
    {
        draft.Having.Add(new GroupBound(measure, bound.Sign, bound.Value));
        if (bound.Upper is { } upper)
            draft.Having.Add(new GroupBound(measure, "<=", upper));
    }

    private static bool IsFraction(TableColumn column) =>
        double.TryParse(column.Max, System.Globalization.CultureInfo.InvariantCulture, out var max) && max <= 1;
}
